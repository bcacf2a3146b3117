package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.ops.TrainingOps.Tile;
import org.jspecify.annotations.Nullable;

/**
 * SigLIP's loss (Zhai et al. 2023, "Sigmoid loss for language image pre-training", equation 2): the
 * sum over all pairs of {@code -log sigmoid(z (exp(logitScale) image . text + logitBias))}, z being
 * 1 for right pairs and -1 for the rest, divided by the batch size. An image and the caption of
 * another row, where the two rows have the same picture or caption, are left out, or are right as
 * well, as {@link LossSettings#duplicates} says.
 */
public final class SigmoidLoss extends Contrastive {
  private final Parameter logitScale;
  private final Parameter logitBias;

  /**
   * The objective of a model.
   *
   * @param logitScale [1], the logarithm of the scale
   * @param logitBias [1]
   * @throws FacetException if labels are to be smoothed
   */
  public SigmoidLoss(
      Trainable model,
      Parameter logitScale,
      Parameter logitBias,
      LossSettings settings,
      @Nullable Teacher teacher) {
    super(model, settings, teacher);
    if (settings.labelSmoothing() > 0) {
      throw FacetException.usage(
          "train.label_smoothing is "
              + settings.labelSmoothing()
              + ", but SigLIP's loss asks yes or no of each pair, where a little yes for every wrong"
              + " one would outweigh the right one: set train.label_smoothing to 0");
    }
    this.logitScale = logitScale;
    this.logitBias = logitBias;
  }

  @Override
  protected NDArray contrast(Features features, Tile tile) {
    return TrainingOps.get()
        .sigmoidRows(
            features.images(),
            features.texts(),
            logScale(),
            logitBias.getArray(),
            features.pairs(),
            tile,
            settings().duplicates());
  }

  @Override
  protected NDArray logScale() {
    return logitScale.getArray();
  }
}
