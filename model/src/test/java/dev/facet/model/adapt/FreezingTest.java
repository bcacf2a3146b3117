package dev.facet.model.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreezingTest {
  static Stream<Architecture> architectures() {
    return Stream.of(Tiny.clip(), Tiny.siglip());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void frozenWeightsStayAndTheOthersLearn(boolean recompute) {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), options(recompute))) {
      Adapting.apply(
          model,
          Tiny.freeze(
              "*.layer_norm?.*", "vision_model.encoder.layers.[01].*", "text_model.embeddings.*"));
      Map<String, float[]> before = Tiny.values(model.weights());
      FusedAdamW optimizer = Tiny.optimizer(model, 1);
      Tiny.train(model, optimizer, 3);
      assertThat(optimizer.state()).hasSize(2 * model.trained().size());
      model
          .weights()
          .forEach(
              (name, weight) -> {
                boolean frozen =
                    name.contains(".layer_norm")
                        || name.matches("vision_model.encoder.layers.[01].*")
                        || name.startsWith("text_model.embeddings.");
                boolean same = Arrays.equals(weight.toFloatArray(), before.get(name));
                assertThat(same).as(name).isEqualTo(frozen);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aLockedImageTowerRunsAsItIsUsedAndRecordsNothing(Architecture sizes) {
    ModelOptions dropping =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, true, 0.5, 3);
    try (DualEncoder model = DualEncoder.random(sizes, dropping);
        NDManager scope = model.manager().newSubManager()) {
      Adapting.apply(model, new Adaptation(List.of(), true, false, null));
      Map<String, float[]> before = Tiny.values(model.weights());
      model.startStep(1, 0);
      NDArray features = Ops.recording(() -> model.encodeImages(Tiny.pixels(scope), true));
      assertThatThrownBy(() -> model.backward(features, features.onesLike()))
          .isInstanceOf(EngineException.class);
      assertThat(features.toFloatArray()).containsExactly(Tiny.features(model).getFirst());
      Tiny.train(model, Tiny.optimizer(model, 1), 2);
      Map<String, float[]> after = Tiny.values(model.weights());
      String head =
          sizes instanceof ClipConfig ? "visual_projection.weight" : "vision_model.head.probe";
      assertThat(after.get(head)).containsExactly(before.get(head));
      String text = "text_model.final_layer_norm.weight";
      assertThat(after.get(text)).isNotEqualTo(before.get(text));
    }
  }

  @Test
  void aLockedTextTowerLeavesTheOther() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3))) {
      Adapting.apply(model, new Adaptation(List.of(), false, true, null));
      assertThat(model.trained().keySet())
          .contains("visual_projection.weight", "logit_scale")
          .noneMatch(name -> name.startsWith("text_"));
    }
  }

  @Test
  void patternsThatMatchNothingAreToldWithTheNearestNames() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3))) {
      assertThatThrownBy(() -> Adapting.apply(model, Tiny.freeze("visual_model.*", "logit_scale")))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("model.freeze has patterns that match none of the model's weights")
          .hasMessageContaining("visual_model.*; nearest: vis");
      assertThatThrownBy(() -> Adapting.apply(model, Tiny.freeze("*")))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("nothing to train");
    }
  }

  @Test
  void eachLayerLearnsMoreSlowlyThanTheOneAbove() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3));
        DualEncoder plain = DualEncoder.random(Tiny.clip(), Tiny.options(3))) {
      Map<String, float[]> before = Tiny.values(model.weights());
      step(plain, 1);
      step(model, 0.5);
      Map<String, float[]> fast = Tiny.values(plain.weights());
      Map<String, float[]> slow = Tiny.values(model.weights());
      Map.of(
              "vision_model.embeddings.class_embedding", 4,
              "vision_model.pre_layrnorm.weight", 4,
              "vision_model.encoder.layers.0.mlp.fc1.weight", 3,
              "vision_model.encoder.layers.2.mlp.fc1.weight", 1,
              "vision_model.post_layernorm.weight", 0,
              "visual_projection.weight", 0,
              "text_model.embeddings.position_embedding.weight", 3,
              "text_model.encoder.layers.1.layer_norm1.bias", 1,
              "logit_scale", 0)
          .forEach(
              (name, depth) -> {
                double share = distance(slow, before, name) / distance(fast, before, name);
                assertThat(share).as(name).isCloseTo(Math.pow(0.5, depth), within(1e-3));
              });
    }
  }

  @Test
  void aWeightThatNoGradientReachesIsPassedOver() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(3));
        NDManager scope = model.manager().newSubManager()) {
      FusedAdamW optimizer = Tiny.optimizer(model, 1);
      Map<String, float[]> before = Tiny.values(model.weights());
      model.startStep(1, 0);
      NDArray features = Ops.recording(() -> model.encodeImages(Tiny.pixels(scope), true));
      model.backward(features, features.onesLike());
      assertThat(optimizer.clipGradients(scope, 1)).isPositive();
      optimizer.step(scope, 1, 1e-2, 0.1);
      Map<String, float[]> after = Tiny.values(model.weights());
      assertThat(after.get("text_projection.weight"))
          .containsExactly(before.get("text_projection.weight"));
      assertThat(after.get("visual_projection.weight"))
          .isNotEqualTo(before.get("visual_projection.weight"));
    }
  }

  private static void step(DualEncoder model, double layerDecay) {
    try (NDManager scope = model.manager().newSubManager()) {
      FusedAdamW optimizer = Tiny.optimizer(model, layerDecay);
      Tiny.backward(model, scope);
      optimizer.step(scope, 1, 1e-2, 0);
    }
  }

  private static double distance(
      Map<String, float[]> one, Map<String, float[]> other, String name) {
    float[] a = one.getOrDefault(name, new float[0]);
    float[] b = other.getOrDefault(name, new float[0]);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static ModelOptions options(boolean recompute) {
    return new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, 0, 3);
  }
}
