package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;

/**
 * What the fused operations are made of, one by one, so that each can be held against a right
 * answer; else as {@link Ops}. All take and return float32.
 */
public final class PartOps {
  private static final PartOps INSTANCE = new PartOps(Ops.get());

  private final Ops ops;

  private PartOps(Ops ops) {
    this.ops = ops;
  }

  public static PartOps get() {
    return INSTANCE;
  }

  /** {@code x . weight^T + bias}: [N, T, in] and [out, in] to [N, T, out]. */
  public NDArray linear(NDArray x, NDArray weight, NDArray bias, Precision precision) {
    return ops.call("linear_part", x, weight, bias, precision.scalar(ops));
  }
}
