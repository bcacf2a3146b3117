package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Lora;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.siglip.SiglipConfig;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models of a few thousand weights, something for them to see, and steps to train them. */
public final class Tiny {
  public static final int BATCH = 6;
  public static final Lora LORA = new Lora(2, 4, 0, List.of("*"), List.of());

  private Tiny() {}

  public static ClipConfig clip() {
    return new ClipConfig(
        8, 16, 4, TowerSize.of(12, 3, 2), 40, 6, 38, 39, 39, TowerSize.of(8, 2, 2));
  }

  public static SiglipConfig siglip() {
    TowerSize tower = new TowerSize(12, 3, 2, 24, Activation.GELU_TANH, 1e-6);
    return new SiglipConfig(12, 16, 4, tower, 40, 6, 1, 1, tower);
  }

  public static FlipConfig flip() {
    TowerSize vision = new TowerSize(12, 3, 2, 24, Activation.QUICK_GELU, 1e-5);
    TowerSize text = new TowerSize(8, 2, 2, 16, Activation.GELU, 1e-12);
    return new FlipConfig(8, 16, 4, vision, 40, 6, 8, 0, text, 7);
  }

  public static ModelOptions options(long seed) {
    return new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0, seed);
  }

  public static Adaptation freeze(String... patterns) {
    return new Adaptation(List.of(patterns), false, false, null);
  }

  public static Adaptation lora(Lora lora) {
    return new Adaptation(List.of(), false, false, lora);
  }

  public static NDArray pixels(NDManager scope) {
    Random random = new Random(1);
    float[] values = new float[BATCH * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, new Shape(BATCH, 3, 16, 16));
  }

  public static NDArray ids(NDManager scope, Architecture sizes) {
    Random random = new Random(2);
    long[] values = new long[BATCH * sizes.contextLength()];
    for (int i = 0; i < values.length; i++) {
      boolean last = i % sizes.contextLength() == sizes.contextLength() - 1;
      values[i] = last ? sizes.vocabSize() - 1 : random.nextInt(sizes.vocabSize() - 2);
    }
    return scope.create(values, new Shape(BATCH, sizes.contextLength()));
  }

  /** Features of both towers as they are used. */
  public static List<float[]> features(DualEncoder model) {
    try (NDManager scope = model.manager().newSubManager()) {
      return List.of(
          model.encodeImages(pixels(scope), false).toFloatArray(),
          model.encodeTexts(ids(scope, model.config()), false).toFloatArray());
    }
  }

  /** Gradients of the loss of step 17. */
  public static void backward(DualEncoder model, NDManager scope) {
    NDArray pairs = scope.arange(BATCH).toType(DataType.INT64, false);
    new TrainingStep(model.contrastive())
        .gradients(new TrainingBatch(pixels(scope), ids(scope, model.config()), pairs, 0), 17);
  }

  public static void train(DualEncoder model, FusedAdamW optimizer, int steps) {
    for (int step = 1; step <= steps; step++) {
      try (NDManager scope = model.manager().newSubManager()) {
        backward(model, scope);
        optimizer.clipGradients(scope, 1);
        optimizer.step(scope, step, 1e-2, 0.1);
      }
    }
  }

  public static FusedAdamW optimizer(DualEncoder model, double layerDecay) {
    return new FusedAdamW(model, 0.9, 0.98, 1e-6, layerDecay, Map.of());
  }

  public static Map<String, float[]> values(Map<String, NDArray> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }
}
