package dev.facet.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.weights.Hostile;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as torch.save with _use_new_zipfile_serialization=False writes them. */
class OldTorchFormatTest {
  @TempDir Path folder;

  @Test
  void storagesBehindTheObjectAreFoundInTheOrderOfTheirKeys() throws IOException {
    Path file = folder.resolve("old.pth");
    Files.write(file, whole(3));
    try (Weights weights = TorchFile.open(file)) {
      assertThat(values(weights, "a")).containsExactly(2, 3);
      assertThat(values(weights, "b")).containsExactly(7, 8, 9);
    }
  }

  @Test
  void aCutFileAndOneThatLiesAboutAStorageAreRefused() throws IOException {
    byte[] whole = whole(3);
    Path file = folder.resolve("old.pth");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    Hostile.refused(file, "it is cut off in its storage 7");
    Files.write(file, whole(2));
    Hostile.refused(file, "its storage 7 has another length");
    Files.write(file, Arrays.copyOf(whole, 40));
    Hostile.refused(file, "is cut off");
  }

  /** Two storages, the second of which says that it has so many elements. */
  private static byte[] whole(long second) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        new Pickle()
            .op(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19)
            .stop());
    file.writeBytes(new Pickle().op('M', 0xE9, 3).stop());
    file.writeBytes(new Pickle().op('}').text("little_endian").op(0x88, 's').stop());
    Pickle object = new Pickle().op('}').text("a");
    object.tensor("FloatStorage", "8", 3, 1, new long[] {2}, new long[] {1}).op('s').text("b");
    object.tensor("FloatStorage", "7", 3, 0, new long[] {3}, new long[] {1}).op('s');
    file.writeBytes(object.stop());
    file.writeBytes(new Pickle().op(']', '(').text("8").text("7").op('e').stop());
    ByteBuffer storages = ByteBuffer.allocate(2 * (8 + 12)).order(ByteOrder.LITTLE_ENDIAN);
    storages.putLong(3).putFloat(1).putFloat(2).putFloat(3);
    storages.putLong(second).putFloat(7).putFloat(8).putFloat(9);
    file.writeBytes(storages.array());
    return file.toByteArray();
  }

  private static float[] values(Weights weights, String name) {
    TensorEntry entry = Objects.requireNonNull(weights.find(name));
    float[] values = new float[(int) entry.elements()];
    entry.floats().asFloatBuffer().get(values);
    return values;
  }
}
