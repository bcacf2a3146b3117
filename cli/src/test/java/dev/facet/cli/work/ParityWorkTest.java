package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Precision;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code facet parity} as a script calls it. */
final class ParityWorkTest {
  @TempDir private Path folder;
  private Path model;
  private float[] features;

  @BeforeEach
  void aModelAndWhatItComputes() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    ClipConfig sizes =
        new ClipConfig(4, 8, 4, TowerSize.of(8, 1, 2), 40, 6, 38, 39, 39, TowerSize.of(8, 1, 2));
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder clip = DualEncoder.random(sizes, options)) {
      ModelDirectory.write(clip, model);
      ByteBuffer ids = ByteBuffer.allocateDirect(6 * 8).order(ByteOrder.nativeOrder());
      for (long id : new long[] {38, 5, 6, 39, 39, 39}) {
        ids.putLong(id);
      }
      features = clip.embedTexts(ids.flip(), 1);
    }
  }

  @Test
  void numbersThatAgreeEndInZeroAndATable() throws IOException {
    StringWriter out = new StringWriter();
    assertThat(facet(out, "--model", model, "--io", reference(0))).isZero();
    assertThat(out.toString())
        .contains("text_features_norm")
        .contains("not compared: mystery")
        .contains("1 of 1 tensors agree");
  }

  @Test
  void aDifferenceEndsInOneAndIsNamed() throws IOException {
    StringWriter out = new StringWriter();
    assertThat(facet(out, "--model", model, "--io", reference(1e-3f))).isEqualTo(1);
    assertThat(out.toString()).contains("TOO FAR").contains("0 of 1 tensors agree");
    StringWriter json = new StringWriter();
    assertThat(facet(json, "--model", model, "--io", reference(1e-3f), "--json")).isEqualTo(1);
    JsonNode read = Json.LINE.readTree(json.toString());
    assertThat(read.at("/passes").asBoolean(true)).isFalse();
    assertThat(read.at("/tensors/0/name").asText()).isEqualTo("text_features_norm");
    assertThat(read.at("/tensors/0/difference").asDouble()).isBetween(9e-4, 1.1e-3);
    assertThat(read.at("/passed_over/0").asText()).isEqualTo("mystery");
  }

  /** Features as the model gives them, the first one off by so much. */
  private Path reference(float off) throws IOException {
    Path file = Files.createTempDirectory(folder, "io").resolve("io.safetensors");
    ByteBuffer ids = ByteBuffer.allocate(6 * 8).order(ByteOrder.LITTLE_ENDIAN);
    ids.asLongBuffer().put(new long[] {38, 5, 6, 39, 39, 39});
    ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(features).put(0, features[0] + off);
    new SafetensorsWriter()
        .add("input_ids", TensorType.I64, new long[] {1, 6}, () -> ids)
        .add("mystery", TensorType.F32, new long[] {1}, () -> ByteBuffer.allocate(4))
        .add(
            "pixel_values",
            TensorType.F32,
            new long[] {1, 3, 8, 8},
            () -> ByteBuffer.allocate(3 * 8 * 8 * 4))
        .add("text_features_norm", TensorType.F32, new long[] {1, 4}, () -> values)
        .write(file);
    return file;
  }

  private static int facet(StringWriter out, Object... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "parity";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    PrintWriter log = new PrintWriter(new StringWriter());
    Console console = new Console(new PrintWriter(out), log, Terminal.NONE);
    return Facet.run(console, new AllWork(), words);
  }
}
