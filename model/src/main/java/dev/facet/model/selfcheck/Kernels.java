package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import org.jspecify.annotations.Nullable;

/** The operations that are checked; see {@link dev.facet.model.ops.PartOps}. */
interface Kernels {
  /** The model's own. */
  Kernels OWN = new OwnKernels();

  NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision);

  NDArray scores(NDArray images, NDArray texts);

  NDArray attention(NDArray qkv, int heads, boolean causal, Precision precision);

  NDArray paddedAttention(NDArray qkv, NDArray ids, int heads, int padToken, Precision precision);

  NDArray crossAttention(NDArray q, NDArray kv, int heads, Precision precision);

  NDArray norm(NDArray x, NDArray weight, NDArray bias, double eps);

  NDArray activation(NDArray x, Activation activation, Precision precision);
}
