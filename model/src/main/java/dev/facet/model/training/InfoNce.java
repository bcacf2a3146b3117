package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.model.ops.TrainingOps;

/**
 * The symmetric contrastive loss (Radford et al. 2021, figure 3; van den Oord et al. 2018): the
 * mean over both directions of {@code logsumexp(row) - diagonal} of {@code exp(logitScale) * images
 * . texts^T}.
 *
 * <p>Face captions repeat, and so do pictures with several. Where another pair of the batch has the
 * same caption or picture it is a wrong negative; such entries are left out of both denominators.
 */
public final class InfoNce extends Contrastive {
  private final Parameter logitScale;

  /**
   * The objective of a model.
   *
   * @param logitScale scalar, the logarithm of the scale
   */
  public InfoNce(Trainable model, Parameter logitScale) {
    super(model);
    this.logitScale = logitScale;
  }

  @Override
  public NDArray loss(NDArray images, NDArray texts, NDArray pairs) {
    return loss(images, texts, logitScale.getArray(), pairs);
  }

  /**
   * The loss of a batch.
   *
   * @param images unit vectors [N, E]
   * @param texts unit vectors [N, E], row i belonging to image i
   * @param logitScale scalar, the logarithm of the scale
   * @param pairs [N, K] int64, or [N]: numbers of each pair, such as its picture's and its
   *     caption's
   * @return scalar loss
   */
  static NDArray loss(NDArray images, NDArray texts, NDArray logitScale, NDArray pairs) {
    TrainingOps ops = TrainingOps.get();
    return ops.infoNce(images, texts, logitScale, ops.distinct(pairs));
  }
}
