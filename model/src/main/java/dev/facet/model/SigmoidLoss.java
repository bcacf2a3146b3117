package dev.facet.model;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.TrainingOps;

/**
 * SigLIP's loss (Zhai et al. 2023, "Sigmoid loss for language image pre-training", equation 2): the
 * sum over all pairs of {@code -log sigmoid(z (exp(logitScale) image . text + logitBias))}, z being
 * 1 for right pairs and -1 for the rest, divided by the batch size. Wrong pairs with the caption of
 * the right one are left out.
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
   * @param captionIds [N] int64, equal where captions are equal
   * @return scalar loss
   */
  public static NDArray loss(
      NDArray images, NDArray texts, NDArray logitScale, NDArray logitBias, NDArray captionIds) {
    TrainingOps ops = TrainingOps.get();
    return ops.sigmoid(images, texts, logitScale, logitBias, ops.distinct(captionIds));
  }
}
