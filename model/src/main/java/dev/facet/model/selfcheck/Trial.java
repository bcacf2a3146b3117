package dev.facet.model.selfcheck;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One run of an operation, as the model would run it. */
final class Trial implements AutoCloseable {
  private final NDManager scope;
  private final Map<SeededRow, NDArray> rows;
  private final Kernels kernels;
  private final boolean gradients;
  private long nanos;

  /**
   * Begins one.
   *
   * @param manager outlives it
   * @param rows of numbers on the device, the manager's; those that it needs are added
   */
  Trial(NDManager manager, Map<SeededRow, NDArray> rows, Kernels kernels, boolean gradients) {
    this.scope = manager.newSubManager();
    this.rows = rows;
    this.kernels = kernels;
    this.gradients = gradients;
  }

  NDManager scope() {
    return scope;
  }

  /** An array of these numbers. */
  NDArray array(SeededRow numbers, long... shape) {
    return timed(
        () -> {
          NDArray once = rows.computeIfAbsent(numbers, each -> each.once(scope.getParentManager()));
          NDArray array = Ops.inference(() -> SeededRow.array(once, shape));
          array.attach(scope);
          return array;
        });
  }

  Kernels kernels() {
    return kernels;
  }

  /** Whether gradients are wanted too. */
  boolean gradients() {
    return gradients;
  }

  /** Seconds that libtorch took so far: for inputs, the operation, and reading its results. */
  double seconds() {
    return nanos / 1e9;
  }

  /**
   * Computes, where wanted with gradients.
   *
   * @param inputs that get a gradient
   * @param upstream gradient of the result, in its shape
   */
  NDArray compute(Supplier<NDArray> operation, List<NDArray> inputs, SeededRow upstream) {
    if (!gradients) {
      return timed(() -> Ops.inference(operation));
    }
    inputs.forEach(each -> each.setRequiresGradient(true));
    try (GradientCollector _ = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray result = timed(operation);
      NDArray gradient = array(upstream, result.getShape().getShape());
      return timed(
          () -> {
            JniUtils.backward((PtNDArray) result, (PtNDArray) gradient, false, false);
            return result;
          });
    }
  }

  private <T> T timed(Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos += System.nanoTime() - begin;
    }
  }

  /**
   * Some rows of an array whose last axis they lie along, one after the other.
   *
   * @param rows counted over all other axes
   */
  float[] rows(NDArray x, long[] rows) {
    long width = x.getShape().get(x.getShape().dimension() - 1);
    return timed(
        () ->
            Ops.inference(
                () -> {
                  NDArray flat = x.reshape(new Shape(x.size() / width, width));
                  return FlipOps.get().rows(scope, flat, rows).toFloatArray();
                }));
  }

  @Override
  public void close() {
    scope.close();
  }
}
