package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The fused operations that SigLIP alone needs; see {@link Ops}. */
public final class SiglipOps {
  private static final SiglipOps INSTANCE = new SiglipOps();

  private final Ops ops = Ops.get();

  private SiglipOps() {}

  public static SiglipOps get() {
    return INSTANCE;
  }

  /**
   * Patches in row-major order, projected, plus position.
   *
   * @param pixels [N, 3, H, W]
   * @param weight [D, 3, P, P]
   * @param bias [D]
   * @param position [H/P * W/P, D]
   * @return [N, H/P * W/P, D]
   */
  public NDArray embedGrid(
      NDArray pixels, NDArray weight, NDArray bias, NDArray position, Precision precision) {
    return ops.call("embed_grid", pixels, weight, bias, position, precision.scalarType());
  }

  /**
   * One learned query attends to all tokens, then a residual map: [N, T, D] to [N, D].
   *
   * @param weights eleven arrays: query [1, 1, D], fused query, key and value [3D, D], out, norm,
   *     first and second linear map, all but the query as weight and bias
   */
  public NDArray attentionPool(
      NDArray x,
      List<NDArray> weights,
      int heads,
      Activation activation,
      double eps,
      Precision precision) {
    return ops.call(
        "attention_pool", x, weights, heads, activation.code(), eps, precision.scalarType());
  }

  /** The last position of each sequence: [N, T, D] to [N, D]. */
  public NDArray lastPosition(NDArray x) {
    return ops.call("last_position", x);
  }
}
