package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

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
  public NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision) {
    return bias == null
        ? ops.call("unbiased_part", x, weight, precision.scalarType())
        : ops.call("linear_part", x, weight, bias, precision.scalarType());
  }

  /** {@code images . texts^T}: [N, E] and [M, E] to [N, M]. */
  public NDArray scores(NDArray images, NDArray texts) {
    return ops.call("similarities", images, texts);
  }

  /**
   * {@code queries . candidates^T} into an array that is there.
   *
   * @param out [N, M]
   * @param queries [N, E]
   * @param candidates [M, E]
   */
  public void products(NDArray out, NDArray queries, NDArray candidates) {
    ops.run(out.getManager(), "products", out, queries, candidates);
  }

  /**
   * Every token attends to all, or to those before it and itself.
   *
   * @param qkv queries, keys and values side by side, [N, T, 3D]
   * @return [N, T, D]
   */
  public NDArray attention(NDArray qkv, int heads, boolean causal, Precision precision) {
    return ops.call("attention_part", qkv, heads, causal, precision.scalarType());
  }

  /**
   * As {@link #attention}; nobody attends to padding.
   *
   * @param ids [N, T] int64
   */
  public NDArray paddedAttention(
      NDArray qkv, NDArray ids, int heads, int padToken, Precision precision) {
    return ops.call("padded_attention_part", qkv, ids, heads, padToken, precision.scalarType());
  }

  /**
   * Tokens attend to others.
   *
   * @param q queries [N, T, D]
   * @param kv keys and values side by side, [N, P, 2D]
   * @return [N, T, D]
   */
  public NDArray crossAttention(NDArray q, NDArray kv, int heads, Precision precision) {
    return ops.call("cross_attention_part", q, kv, heads, precision.scalarType());
  }

  /** The non-linearity of a block, of every number; quick-GELU without its two factors. */
  public NDArray activation(NDArray x, Activation activation, Precision precision) {
    return ops.call("activation_part", x, activation.code(), precision.scalarType());
  }
}
