package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.PartOps;
import dev.facet.model.ops.Precision;
import org.jspecify.annotations.Nullable;

/** What the model itself computes with. */
class OwnKernels implements Kernels {
  private final PartOps parts = PartOps.get();

  @Override
  public NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision) {
    return parts.linear(x, weight, bias, precision);
  }

  @Override
  public NDArray scores(NDArray images, NDArray texts) {
    return parts.scores(images, texts);
  }

  @Override
  public NDArray attention(NDArray qkv, int heads, boolean causal, Precision precision) {
    return parts.attention(qkv, heads, causal, precision);
  }

  @Override
  public NDArray paddedAttention(
      NDArray qkv, NDArray ids, int heads, int padToken, Precision precision) {
    return parts.paddedAttention(qkv, ids, heads, padToken, precision);
  }

  @Override
  public NDArray crossAttention(NDArray q, NDArray kv, int heads, Precision precision) {
    return parts.crossAttention(q, kv, heads, precision);
  }

  @Override
  public NDArray norm(NDArray x, NDArray weight, NDArray bias, double eps) {
    return Ops.get().layerNorm(x, weight, bias, eps);
  }

  @Override
  public NDArray activation(NDArray x, Activation activation, Precision precision) {
    return parts.activation(x, activation, precision);
  }
}
