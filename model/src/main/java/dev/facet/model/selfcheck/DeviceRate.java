package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.DualEncoder;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;

/** How fast a device computes: a matrix product and a training step. */
public final class DeviceRate {
  /** The best of so many is told: others are disturbed by what else runs. */
  private static final int TRIES = 3;

  private DeviceRate() {}

  /**
   * Multiplies square float32 matrices on a model's device.
   *
   * @return operations per second, a multiplication and an addition being two
   */
  public static double product(DualEncoder model, int side) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray a = scope.ones(new Shape(side, side), DataType.FLOAT32);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        long begin = System.nanoTime();
        try (NDArray c = a.matMul(a);
            NDArray sum = c.sum()) {
          sum.getFloat(); // waits for the device
        }
        best = Math.min(best, (System.nanoTime() - begin) / 1e9);
      }
      return 2.0 * side * side * side / best;
    }
  }

  /**
   * Trains a model for a few steps, on grey pictures: what they show does not matter to the time.
   *
   * @param sizes of the model
   * @param batch pairs of a step
   * @return pairs per second
   */
  public static double step(DualEncoder model, ClipConfig sizes, int batch) {
    TrainingStep training = new TrainingStep(model.contrastive());
    FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
    double best = Double.MAX_VALUE;
    for (int step = 1; step <= TRIES; step++) {
      long begin = System.nanoTime();
      try (NDManager scope = model.manager().newSubManager()) {
        float loss = training.gradients(batch(scope, sizes, batch), step).total();
        optimizer.clipGradients(scope, 1);
        optimizer.step(scope, step, 1e-5, 0.1);
        if (!Float.isFinite(loss)) {
          return Double.NaN;
        }
      }
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    return batch / best;
  }

  private static TrainingBatch batch(NDManager scope, ClipConfig sizes, int batch) {
    int side = sizes.imageSize();
    int length = sizes.contextLength();
    long[] ids = new long[batch * length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i + 1) % length == 0 ? sizes.eosToken() : Math.floorMod(31L * i, sizes.bosToken());
    }
    return new TrainingBatch(
        scope.zeros(new Shape(batch, 3, side, side), DataType.FLOAT32),
        scope.create(ids, new Shape(batch, length)),
        scope.arange(0, batch, 1, DataType.INT64),
        0);
  }
}
