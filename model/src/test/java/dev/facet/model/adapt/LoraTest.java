package dev.facet.model.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoraTest {
  @TempDir Path folder;

  static Stream<Architecture> architectures() {
    return Stream.of(Tiny.clip(), Tiny.siglip(), Tiny.flip());
  }

  static Stream<Architecture> sameNames() {
    return Stream.of(Tiny.clip(), Tiny.siglip());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void newAdaptersChangeNothingToTheBit(Architecture sizes) {
    for (Precision precision : Precision.values()) {
      ModelOptions options = new ModelOptions(DeviceChoice.CPU, precision, null, false, 0, 3);
      try (DualEncoder model = DualEncoder.random(sizes, options)) {
        List<float[]> before = Tiny.features(model);
        Adapting.apply(model, Tiny.lora(Tiny.LORA));
        assertThat(Tiny.features(model)).containsExactlyElementsOf(before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sameNames")
  void onlyAdaptersAndWhatIsNamedLearn(Architecture sizes) {
    try (DualEncoder model = DualEncoder.random(sizes, Tiny.options(3))) {
      Lora lora =
          new Lora(2, 4, 0, List.of("*.q_proj", "*.layers.0.mlp.fc?"), List.of("logit_scale"));
      Adapting.apply(model, Tiny.lora(lora));
      Map<String, float[]> before = Tiny.values(model.weights());
      Map<String, float[]> adapters = Tiny.values(model.trained());
      FusedAdamW optimizer = Tiny.optimizer(model, 1);
      Tiny.train(model, optimizer, 3);
      model
          .weights()
          .forEach(
              (name, weight) -> {
                boolean same = Arrays.equals(weight.toFloatArray(), before.get(name));
                assertThat(same).as(name).isEqualTo(!name.equals("logit_scale"));
              });
      assertThat(adapters).hasSize(1 + 2 * (5 + 4) - (sizes instanceof ClipConfig ? 0 : -2));
      Tiny.values(model.trained())
          .forEach((name, now) -> assertThat(now).as(name).isNotEqualTo(adapters.get(name)));
      assertThat(optimizer.state()).hasSize(2 * adapters.size());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theWrittenFolderIsTheAdaptedModel(Architecture sizes) throws IOException {
    try (DualEncoder model = DualEncoder.random(sizes, Tiny.options(3))) {
      Adapting.apply(model, Tiny.lora(Tiny.LORA));
      Tiny.train(model, Tiny.optimizer(model, 1), 3);
      ModelDirectory.write(model, folder);
      try (DualEncoder read = ModelDirectory.open(folder, Tiny.options(0))) {
        assertClose(Tiny.features(read), Tiny.features(model));
      }
    }
  }

  @Test
  void adaptersAreSavedApartAsPeftNamesThem() throws IOException {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3))) {
      Lora lora = new Lora(2, 4, 0, List.of("*.v_proj"), List.of("*_projection.*", "logit_scale"));
      Adapting.apply(model, Tiny.lora(lora));
      ModelDirectory.write(model, folder);
    }
    Path adapter = folder.resolve(AdapterFolder.NAME);
    try (SafetensorsFile file = SafetensorsFile.open(adapter.resolve(AdapterFolder.WEIGHTS))) {
      String module = "base_model.model.vision_model.encoder.layers.2.self_attn.v_proj.";
      assertThat(file.tensors()).hasSize(2 * 5 + 2).containsKeys(module + "lora_B.weight");
      assertThat(file.tensors().get(module + "lora_A.weight"))
          .satisfies(entry -> assertThat(entry.shape()).containsExactly(2, 12));
      assertThat(file.tensors()).containsKey("base_model.model.visual_projection.weight");
    }
    JsonNode config = Json.read(adapter.resolve(AdapterFolder.CONFIG), JsonNode.class);
    assertThat(config.path("peft_type").asText()).isEqualTo("LORA");
    assertThat(config.path("modules_to_save").toString())
        .isEqualTo("[\"text_projection\",\"visual_projection\"]");
    assertThat(Files.size(adapter.resolve(AdapterFolder.WEIGHTS)))
        .isLessThan(Files.size(folder.resolve(ModelDirectory.WEIGHTS)) / 4);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void dropoutIsTheSameWhenALayerIsComputedAgain(Architecture sizes) {
    Lora lora = new Lora(2, 4, 0.3, List.of("*"), List.of());
    Map<String, String> once = gradients(sizes, lora, false);
    assertThat(gradients(sizes, lora, true)).containsExactlyEntriesOf(once);
    Lora without = new Lora(2, 4, 0, List.of("*"), List.of());
    assertThat(gradients(sizes, without, false)).isNotEqualTo(once);
  }

  @Test
  void dropoutIsOfTrainingAlone() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3));
        NDManager scope = model.manager().newSubManager()) {
      Adapting.apply(model, Tiny.lora(new Lora(2, 4, 0.5, List.of("*"), List.of())));
      Tiny.train(model, Tiny.optimizer(model, 1), 1);
      model.startStep(1, 0);
      float[] one = model.encodeImages(Tiny.pixels(scope), true).toFloatArray();
      model.startStep(2, 0);
      assertThat(model.encodeImages(Tiny.pixels(scope), true).toFloatArray()).isNotEqualTo(one);
      model.startStep(1, 0);
      assertThat(model.encodeImages(Tiny.pixels(scope), true).toFloatArray()).containsExactly(one);
      assertThat(Tiny.features(model)).containsExactlyElementsOf(Tiny.features(model));
    }
  }

  @Test
  void targetsThatMatchNothingAreToldWithTheNearestMaps() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3))) {
      Lora lora = new Lora(2, 4, 0, List.of("*.query_proj", "*.fc1"), List.of());
      assertThatThrownBy(() -> Adapting.apply(model, Tiny.lora(lora)))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("model.lora.targets has patterns that match none")
          .hasMessageContaining("*.query_proj; nearest: ")
          .hasMessageContaining("layers.0.self_attn.")
          .hasMessageNotContaining("*.fc1;");
    }
  }

  /** Gradients as text, so that the difference of a single bit shows; B is no longer zero. */
  private static Map<String, String> gradients(Architecture sizes, Lora lora, boolean recompute) {
    ModelOptions options =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, 0, 3);
    try (DualEncoder model = DualEncoder.random(sizes, options);
        NDManager scope = model.manager().newSubManager()) {
      Adapting.apply(model, Tiny.lora(lora));
      Tiny.train(model, Tiny.optimizer(model, 1), 1);
      Tiny.backward(model, scope);
      Map<String, String> result = new LinkedHashMap<>();
      model
          .trained()
          .forEach(
              (name, array) ->
                  result.put(name, Arrays.toString(array.getGradient().toFloatArray())));
      assertThat(result).hasSize(2 * model.adapters().size());
      return result;
    }
  }

  private static void assertClose(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-6F));
    }
  }
}
