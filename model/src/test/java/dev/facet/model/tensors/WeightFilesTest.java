package dev.facet.model.tensors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.weights.Hostile;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFilesTest {
  @TempDir Path folder;

  @Test
  void aFolderWithoutWeightsIsToldWhatWasLookedForAndWhatIsThere() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThatThrownBy(() -> WeightFiles.open(folder).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(folder + " holds no weights: looked for model.safetensors")
        .hasMessageEndingWith("found config.json")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void severalCheckpointsAreNotChosenFrom() throws IOException {
    Files.writeString(folder.resolve("a.pth"), "");
    Files.writeString(folder.resolve("b.pt"), "");
    assertThatThrownBy(() -> WeightFiles.open(folder).close())
        .hasMessageContaining("holds several weights")
        .hasMessageEndingWith("found a.pth, b.pt");
  }

  @Test
  void theOnlyFileOfAVariantIsTaken() throws IOException {
    Files.writeString(folder.resolve("model.fp16-00001-of-00002.safetensors"), "");
    Files.writeString(folder.resolve("training_args.bin"), "");
    write("model.fp16.safetensors");
    Files.writeString(folder.resolve("a.pth"), "");
    try (Weights weights = WeightFiles.open(folder)) {
      assertThat(weights.file()).isEqualTo(folder.resolve("model.fp16.safetensors"));
    }
    write("model.bf16.safetensors");
    assertThatThrownBy(() -> WeightFiles.open(folder).close())
        .hasMessageContaining("holds several weights");
  }

  private void write(String name) throws IOException {
    new SafetensorsWriter()
        .add("a", TensorType.U8, new long[] {1}, () -> ByteBuffer.allocate(1))
        .write(folder.resolve(name));
  }

  /** Its first bytes are PK, or those of a bare pickle. */
  @ParameterizedTest
  @ValueSource(ints = {0x4B50, 0x1_0280})
  void aHeaderWhoseLengthLooksLikeAnotherFormatIsReadAsWhatItIs(int length) throws IOException {
    Path file = folder.resolve("model.safetensors");
    String json =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"__metadata__\":{\"a\":\"%s\"}}";
    ByteBuffer bytes = ByteBuffer.allocate(8 + length + 1).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length);
    bytes.put(
        String.format(Locale.ROOT, json, "x".repeat(length - json.length() + 2))
            .getBytes(US_ASCII));
    Files.write(file, bytes.array());
    try (Weights weights = WeightFiles.open(folder)) {
      assertThat(weights.tensors()).containsOnlyKeys("a");
    }
  }

  @Test
  void aPointerOfGitLfsIsToldHowToBeFetched() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
    Hostile.refused(file, "git lfs pull");
  }
}
