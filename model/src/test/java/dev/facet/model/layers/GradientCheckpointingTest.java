package dev.facet.model.layers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckpointingTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void gradientsAreThoseOfTheOrdinaryPass(double patchDropout) {
    assertThat(gradients(Tiny.clip(), true, patchDropout))
        .containsExactlyEntriesOf(gradients(Tiny.clip(), false, patchDropout));
    assertThat(gradients(Tiny.siglip(), true, patchDropout))
        .containsExactlyEntriesOf(gradients(Tiny.siglip(), false, patchDropout));
    assertThat(gradients(flip(), true, patchDropout))
        .containsExactlyEntriesOf(gradients(flip(), false, patchDropout));
  }

  @Test
  void droppedPatchesAreOthersInEveryStep() {
    ModelOptions options =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0.75, 0);
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), options);
        NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = Tiny.pixels(scope);
      float[] first = features(model, pixels, 1);
      assertThat(features(model, pixels, 1)).containsExactly(first);
      assertThat(features(model, pixels, 2)).isNotEqualTo(first);
    }
  }

  private static float[] features(DualEncoder model, NDArray pixels, long step) {
    model.startStep(step, 0);
    return model.encodeImages(pixels, true).toFloatArray();
  }

  /** Every weight's gradient as text, so that the difference of a single bit shows. */
  private static Map<String, String> gradients(
      Architecture sizes, boolean recompute, double patchDropout) {
    ModelOptions options =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, patchDropout, 3);
    try (DualEncoder model = DualEncoder.random(sizes, options);
        NDManager scope = model.manager().newSubManager()) {
      Tiny.backward(model, scope);
      Map<String, String> result = new LinkedHashMap<>();
      model
          .trained()
          .forEach(
              (name, weight) -> {
                float[] gradient = weight.getGradient().toFloatArray();
                result.put(name, java.util.Arrays.toString(gradient));
              });
      assertThat(result).containsKey(sizes instanceof FlipConfig ? "temp" : "logit_scale");
      return result;
    }
  }

  private static FlipConfig flip() {
    TowerSize vision = new TowerSize(12, 3, 2, 24, Activation.QUICK_GELU, 1e-5);
    TowerSize text = new TowerSize(8, 2, 2, 16, Activation.GELU, 1e-12);
    return new FlipConfig(8, 16, 4, vision, 40, 6, 6, 0, text, 8);
  }
}
