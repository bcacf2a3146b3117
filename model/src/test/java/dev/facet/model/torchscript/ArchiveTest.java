package dev.facet.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  private static final int LOCAL_HEADER = 0x04034b50;

  @Test
  void everyEntryBeginsAtAMultipleOf64Bytes() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(written(3, 17, 1)).order(ByteOrder.LITTLE_ENDIAN);
    int entries = 0;
    while (file.getInt() == LOCAL_HEADER) {
      int header = file.position() - 4;
      int size = file.getInt(header + 18);
      int data = header + 30 + file.getShort(header + 26) + file.getShort(header + 28);
      assertThat(data % 64).as("entry %d", entries).isZero();
      file.position(data + size);
      entries++;
    }
    assertThat(entries).isEqualTo(8);
  }

  @Test
  void everyEntryIsStoredWithTheSumOfItsBytes() throws IOException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written(3, 17, 1)))) {
      // Reading to the end checks the sum.
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        sizes.put(entry.getName(), zip.readAllBytes().length);
      }
    }
    assertThat(sizes)
        .containsEntry("net/data/0", 12)
        .containsEntry("net/data/1", 68)
        .containsEntry("net/data/2", 4)
        .containsKeys("net/version", "net/data.pkl", "net/constants.pkl", "net/code/__torch__.py");
  }

  @Test
  void aWeightOfAnotherSizeThanItsShapeIsNotWritten() {
    ScriptModule module =
        new ScriptModule(
            "Net",
            Map.of(),
            Map.of("w", new ScriptModule.Weight(new Shape(2), () -> ByteBuffer.allocate(4))));
    assertThatThrownBy(
            () -> Archive.write(OutputStream.nullOutputStream(), "net", module, "class Net"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(2)");
  }

  private static byte[] written(int... sizes) throws IOException {
    Map<String, ScriptModule.Weight> weights = new LinkedHashMap<>();
    for (int i = 0; i < sizes.length; i++) {
      byte[] bytes = new byte[4 * sizes[i]];
      java.util.Arrays.fill(bytes, (byte) i);
      weights.put(
          "w" + i, new ScriptModule.Weight(new Shape(sizes[i]), () -> ByteBuffer.wrap(bytes)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String source = "class Net(Module):\n";
    Archive.write(out, "net", new ScriptModule("Net", Map.of(), weights), source);
    return out.toByteArray();
  }
}
