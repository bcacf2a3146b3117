package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * The fused operations of training: losses, and what happens to weights between two steps. See
 * {@link Ops}; gradients flow through the losses.
 */
public final class TrainingOps {
  private static final TrainingOps INSTANCE = new TrainingOps();

  private final Ops ops = Ops.get();

  private TrainingOps() {}

  public static TrainingOps get() {
    return INSTANCE;
  }

  /**
   * The largest absolute value of each array; no finite number where one of its own is none.
   *
   * @param arrays float32, of any shapes
   * @return [arrays] float32
   */
  public NDArray peaks(NDManager scope, List<NDArray> arrays) {
    return Ops.inference(() -> ops.callIn(scope, "peaks", arrays));
  }

  /**
   * Which pairs serve as negatives: all but those that agree in an id.
   *
   * @param ids [N, K] int64, K numbers for each pair: its picture's, its caption's; [N] for one
   * @return [N, N] bool, true where all numbers differ and on the diagonal
   */
  public NDArray distinct(NDArray ids) {
    return ops.call("distinct", ids);
  }

  /** See {@link dev.facet.model.InfoNce}. */
  public NDArray infoNce(NDArray images, NDArray texts, NDArray logitScale, NDArray negatives) {
    return ops.call("info_nce", images, texts, logitScale, negatives);
  }

  /** See {@link dev.facet.model.SigmoidLoss}. */
  public NDArray sigmoid(
      NDArray images, NDArray texts, NDArray logitScale, NDArray logitBias, NDArray negatives) {
    return ops.call("sigmoid_loss", images, texts, logitScale, logitBias, negatives);
  }

  /**
   * Scales all gradients, in place, so that their global norm is at most {@code limit} (Pascanu et
   * al. 2013, "On the difficulty of training recurrent neural networks", section 3.2). Parameters
   * that no gradient has reached are passed over.
   *
   * @param limit 0 leaves them as they are
   * @return the norm before, a scalar in {@code scope}
   */
  public NDArray clipGradients(NDManager scope, List<NDArray> parameters, double limit) {
    return Ops.inference(() -> ops.callIn(scope, "clip_gradients", parameters, limit));
  }

  /**
   * One AdamW step in place (Loshchilov and Hutter 2019, "Decoupled weight decay regularization",
   * algorithm 2), then gradients to zero. All lists run in parallel; parameters that no gradient
   * has reached are passed over.
   *
   * @param step number of this step, from 1
   */
  public void adamW(
      NDManager scope,
      List<NDArray> parameters,
      List<NDArray> firstMoments,
      List<NDArray> secondMoments,
      long step,
      AdamWRates rates) {
    try (NDArray number = scope.create((float) step)) {
      ops.run(
          scope,
          "adamw",
          parameters,
          firstMoments,
          secondMoments,
          number,
          rates.lr,
          rates.beta1,
          rates.beta2,
          rates.decay,
          rates.eps);
    }
  }

  /** Limits values in place. */
  public void clamp(NDManager scope, NDArray x, double low, double high) {
    ops.run(scope, "clamp", x, low, high);
  }

  /** Sets libtorch's generators, of all devices. */
  public void seed(long value) {
    JniUtils.setSeed(value);
  }

  /** The numbers of one AdamW step. */
  public record AdamWRates(double lr, double beta1, double beta2, double decay, double eps) {}
}
