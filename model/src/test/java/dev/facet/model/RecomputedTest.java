package dev.facet.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecomputedTest {
  private static final int BATCH = 6;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void gradientsAreThoseOfTheOrdinaryPass(double patchDropout) {
    assertThat(gradients(clip(), true, patchDropout))
        .containsExactlyEntriesOf(gradients(clip(), false, patchDropout));
    assertThat(gradients(siglip(), true, patchDropout))
        .containsExactlyEntriesOf(gradients(siglip(), false, patchDropout));
  }

  @Test
  void droppedPatchesAreOthersInEveryStep() {
    ModelOptions options =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0.75, 0);
    try (DualEncoder model = DualEncoder.random(clip(), options);
        NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = pixels(scope);
      float[] first = features(model, pixels, 1);
      assertThat(features(model, pixels, 1)).containsExactly(first);
      assertThat(features(model, pixels, 2)).isNotEqualTo(first);
    }
  }

  private static float[] features(DualEncoder model, NDArray pixels, long step) {
    model.startStep(step);
    return model.encodeImages(pixels, true).toFloatArray();
  }

  /** Every weight's gradient as text, so that the difference of a single bit shows. */
  private static Map<String, String> gradients(
      Architecture sizes, boolean recompute, double patchDropout) {
    ModelOptions options =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, patchDropout, 3);
    try (DualEncoder model = DualEncoder.random(sizes, options);
        NDManager scope = model.manager().newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      model.startStep(17);
      NDArray images = model.encodeImages(pixels(scope), true);
      NDArray texts = model.encodeTexts(ids(scope, sizes), true);
      NDArray pairs = scope.arange(BATCH).toType(DataType.INT64, false);
      model.backward(collector, model.loss(images, texts, pairs));
      Map<String, String> result = new LinkedHashMap<>();
      model
          .weights()
          .forEach(
              (name, weight) -> {
                float[] gradient = weight.getGradient().toFloatArray();
                result.put(name, java.util.Arrays.toString(gradient));
              });
      assertThat(result).containsKey("logit_scale");
      return result;
    }
  }

  private static NDArray pixels(NDManager scope) {
    Random random = new Random(1);
    float[] values = new float[BATCH * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, new Shape(BATCH, 3, 16, 16));
  }

  private static NDArray ids(NDManager scope, Architecture sizes) {
    Random random = new Random(2);
    long[] values = new long[BATCH * sizes.contextLength()];
    for (int i = 0; i < values.length; i++) {
      boolean last = i % sizes.contextLength() == sizes.contextLength() - 1;
      values[i] = last ? sizes.vocabSize() - 1 : random.nextInt(sizes.vocabSize() - 2);
    }
    return scope.create(values, new Shape(BATCH, sizes.contextLength()));
  }

  private static ClipConfig clip() {
    return new ClipConfig(8, 16, 4, Tower.of(12, 3, 2), 40, 6, 38, 39, 39, Tower.of(8, 2, 2));
  }

  private static SiglipConfig siglip() {
    Tower tower = new Tower(12, 3, 2, 24, Activation.GELU_TANH, 1e-6);
    return new SiglipConfig(12, 16, 4, tower, 40, 6, 1, 1, tower);
  }
}
