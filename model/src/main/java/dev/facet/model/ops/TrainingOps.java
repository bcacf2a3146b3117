package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
   * Which other pairs of a batch are copies of a pair: those that agree with it in an id.
   *
   * @param ids [N, K] int64, K numbers for each pair: its picture's, its caption's; [N] for one
   * @return [N, N] bool, false on the diagonal
   */
  public NDArray copies(NDArray ids) {
    return ops.call("copies", ids, 0, ids.getShape().get(0));
  }

  /**
   * What rows of one side add to InfoNCE; see {@link dev.facet.model.training.InfoNce}.
   *
   * @param own unit vectors [N, E], of which {@code tile} are looked at
   * @param others unit vectors [N, E]
   * @param logScale the logarithm of the factor on similarities, [] or [1]
   * @param ids as in {@link #copies}
   * @param smoothing share of the targets that all get alike
   * @return scalar
   */
  public NDArray infoNceSide(
      NDArray own,
      NDArray others,
      NDArray logScale,
      NDArray ids,
      Tile tile,
      Duplicates duplicates,
      double smoothing) {
    return ops.call(
        "info_nce_side",
        own,
        others,
        logScale,
        ids,
        tile.first,
        tile.rows,
        duplicates.code(),
        smoothing);
  }

  /**
   * The sum over rows of the cross-entropy between each row's right answers and its softmax.
   *
   * @param own unit vectors [C, E]
   * @param others unit vectors [N, E]
   * @param logScale the logarithm of the factor on similarities, [] or [1]
   * @param right answers of the same weight, [C, N] bool
   * @param leftOut answers that do not count, [C, N] bool
   * @param smoothing share of the targets that all get alike
   * @return scalar
   */
  NDArray crossEntropy(
      NDArray own,
      NDArray others,
      NDArray logScale,
      NDArray right,
      NDArray leftOut,
      double smoothing) {
    return ops.call("cross_entropy", own, others, logScale, right, leftOut, smoothing);
  }

  /** What rows of pictures add to the loss; see {@link dev.facet.model.training.SigmoidLoss}. */
  public NDArray sigmoidRows(
      NDArray images,
      NDArray texts,
      NDArray logScale,
      NDArray bias,
      NDArray ids,
      Tile tile,
      Duplicates duplicates) {
    return ops.call(
        "sigmoid_rows",
        images,
        texts,
        logScale,
        bias,
        ids,
        tile.first,
        tile.rows,
        duplicates.code());
  }

  /**
   * What rows of one side add to distillation; see {@link dev.facet.model.training.Contrastive}.
   *
   * @param own unit vectors [N, E], of which {@code tile} are looked at
   * @param others unit vectors [N, E]
   * @param teacherOwn the teacher's of the same, [N, F]
   * @param teacherOthers the teacher's of the same, [N, F]
   * @param teacherScale its factor on similarities
   * @return scalar
   */
  public NDArray imitationSide(
      NDArray own,
      NDArray others,
      NDArray logScale,
      NDArray teacherOwn,
      NDArray teacherOthers,
      double teacherScale,
      Tile tile) {
    return ops.call(
        "imitation_side",
        own,
        others,
        logScale,
        teacherOwn,
        teacherOthers,
        teacherScale,
        tile.first,
        tile.rows);
  }

  /** The logarithm of the scale that a temperature, which divides similarities, stands for. */
  public NDArray logScaleOf(NDArray temperature) {
    return ops.call("log_scale_of", temperature);
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

  /** Sets all gradients to zero; parameters that no gradient has reached are passed over. */
  public void clearGradients(NDManager scope, List<NDArray> parameters) {
    ops.run(scope, "clear_gradients", parameters);
  }

  /** Copies become {@code momentum copy + (1 - momentum) weight}, in place. */
  public void follow(
      NDManager scope, List<NDArray> copies, List<NDArray> weights, double momentum) {
    ops.run(scope, "follow", copies, weights, momentum);
  }

  /** Limits values in place. */
  public void clamp(NDManager scope, NDArray x, double low, double high) {
    ops.run(scope, "clamp", x, low, high);
  }

  /** Rows of a batch: {@code rows} from {@code first} on. */
  public record Tile(int first, int rows) {}

  /** The numbers of one AdamW step. */
  public record AdamWRates(double lr, double beta1, double beta2, double decay, double eps) {}
}
