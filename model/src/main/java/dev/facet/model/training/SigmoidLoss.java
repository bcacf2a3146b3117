package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.model.ops.TrainingOps;

/**
 * SigLIP's loss (Zhai et al. 2023, "Sigmoid loss for language image pre-training", equation 2): the
 * sum over all pairs of {@code -log sigmoid(z (exp(logitScale) image . text + logitBias))}, z being
 * 1 for right pairs and -1 for the rest, divided by the batch size. Left out are an image and the
 * caption of another row where the two rows have the same picture or caption.
 */
public final class SigmoidLoss extends Contrastive {
  private final Parameter logitScale;
  private final Parameter logitBias;

  /**
   * The objective of a model.
   *
   * @param logitScale [1], the logarithm of the scale
   * @param logitBias [1]
   */
  public SigmoidLoss(Trainable model, Parameter logitScale, Parameter logitBias) {
    super(model);
    this.logitScale = logitScale;
    this.logitBias = logitBias;
  }

  @Override
  public NDArray loss(NDArray images, NDArray texts, NDArray pairs) {
    TrainingOps ops = TrainingOps.get();
    return ops.sigmoid(
        images, texts, logitScale.getArray(), logitBias.getArray(), ops.distinct(pairs));
  }
}
