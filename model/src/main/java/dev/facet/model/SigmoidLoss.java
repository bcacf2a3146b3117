package dev.facet.model;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.TrainingOps;

/**
 * SigLIP's loss (Zhai et al. 2023, "Sigmoid loss for language image pre-training", equation 2): the
 * sum over all pairs of {@code -log sigmoid(z (exp(logitScale) image . text + logitBias))}, z being
 * 1 for right pairs and -1 for the rest, divided by the batch size. Left out are an image and the
 * caption of another row where the two rows have the same picture or caption.
 */
public final class SigmoidLoss {
  private SigmoidLoss() {}

  /**
   * The loss of a batch.
   *
   * @param images unit vectors [N, E]
   * @param texts unit vectors [N, E], row i belonging to image i
   * @param logitScale [1], the logarithm of the scale
   * @param logitBias [1]
   * @param pairs [N, K] int64, or [N]: numbers of each pair, such as its picture's and its
   *     caption's
   * @return scalar loss
   */
  public static NDArray loss(
      NDArray images, NDArray texts, NDArray logitScale, NDArray logitBias, NDArray pairs) {
    TrainingOps ops = TrainingOps.get();
    return ops.sigmoid(images, texts, logitScale, logitBias, ops.distinct(pairs));
  }
}
