package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Precision;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
  private static final TowerSize TOWER = TowerSize.of(16, 1, 2);
  private static final ClipConfig CONFIG =
      new ClipConfig(8, 16, 8, TOWER, 40, 6, 38, 39, 39, TOWER);

  @TempDir Path folder;

  @Test
  void aModelComesBackToTheBitWithItsConfig() throws IOException {
    try (DualEncoder model = random(1)) {
      ModelDirectory.write(model, folder);
      try (DualEncoder read = open()) {
        assertThat(read.config()).isEqualTo(CONFIG);
        assertThat(read.weights()).hasSameSizeAs(model.weights());
        model
            .weights()
            .forEach(
                (name, value) ->
                    assertThat(values(read, name)).as(name).containsExactly(value.toFloatArray()));
      }
    }
  }

  @Test
  void theSameSeedDrawsTheSameWeights() {
    try (DualEncoder one = random(5);
        DualEncoder same = random(5);
        DualEncoder other = random(6)) {
      String name = "visual_projection.weight";
      assertThat(values(same, name)).containsExactly(values(one, name));
      assertThat(values(other, name)).isNotEqualTo(values(one, name));
    }
  }

  @Test
  void everyWeightThatDoesNotFitIsNamedAtOnce() throws IOException {
    try (DualEncoder model = random(1)) {
      ModelDirectory.write(model, folder);
    }
    Path config = folder.resolve(ModelDirectory.CONFIG);
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"num_hidden_layers\" : 1", "\"num_hidden_layers\" : 2")
            .replace("\"vocab_size\" : 40", "\"vocab_size\" : 50"));
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("text_model.embeddings.token_embedding.weight: found (40, 16)")
        .hasMessageContaining("vision_model.encoder.layers.1.self_attn.q_proj.weight: missing")
        .hasMessageContaining("text_model.encoder.layers.1.mlp.fc2.bias: missing");
  }

  @Test
  void aCheckpointOfAnotherArchitectureSaysWhich() throws IOException {
    Files.writeString(folder.resolve(ModelDirectory.CONFIG), "{\"model_type\": \"flava\"}");
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("model_type is flava");
  }

  @Test
  void aWeightBeyondFloat16IsRefusedByName() throws IOException {
    try (DualEncoder model = random(1)) {
      float[] large = new float[128];
      large[100] = 70_000;
      Objects.requireNonNull(model.weights().get("visual_projection.weight")).set(large);
      assertThatThrownBy(() -> ModelDirectory.write(model, TensorType.F16, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("visual_projection.weight holds 70000.0, beyond float16's 65504")
          .hasMessageContaining("bfloat16");
    }
  }

  @Test
  void weightsOfAnotherKindOfModelAreToldThroughAWrapperToo() throws IOException {
    try (DualEncoder model = random(1)) {
      ModelDirectory.write(model, folder);
    }
    Path weights = folder.resolve(ModelDirectory.WEIGHTS);
    Files.delete(weights);
    new SafetensorsWriter()
        .add("module.bert.a", TensorType.F32, new long[] {1}, () -> ByteBuffer.allocate(4))
        .write(weights);
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("holds a BERT, a text tower alone");
  }

  @Test
  void aFolderWithoutAModelSaysWhatIsMissing() {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no config.json");
  }

  private static float[] values(DualEncoder model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name).toFloatArray();
  }

  private DualEncoder open() throws IOException {
    return ModelDirectory.open(folder, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32));
  }

  private static DualEncoder random(long seed) {
    return DualEncoder.random(
        CONFIG, new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0, seed));
  }
}
