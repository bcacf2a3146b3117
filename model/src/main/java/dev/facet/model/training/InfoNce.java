package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.ops.TrainingOps.Tile;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The symmetric contrastive loss (Radford et al. 2021, figure 3; van den Oord et al. 2018): the
 * mean over both directions of {@code logsumexp(row) - diagonal} of {@code exp(logitScale) * images
 * . texts^T}.
 *
 * <p>Face captions repeat, and so do pictures with several. Where another pair of the batch has the
 * same caption or picture it is a wrong negative; such entries are left out of both denominators,
 * or share the target with the diagonal, as {@link LossSettings#duplicates} says. Label smoothing
 * gives a share of the target to all that is not left out.
 */
public final class InfoNce extends Contrastive {
  private final Supplier<NDArray> logScale;

  /**
   * The objective of a model.
   *
   * @param logScale scalar, the logarithm of the scale; asked for whenever it is to be recorded
   */
  public InfoNce(
      Trainable model,
      Supplier<NDArray> logScale,
      LossSettings settings,
      @Nullable Teacher teacher) {
    super(model, settings, teacher);
    this.logScale = logScale;
  }

  @Override
  protected NDArray contrast(Features features, Tile tile) {
    // Closed, as what a direction keeps for its gradient would outlive the tile with it.
    try (NDArray toText = side(features.images(), features.texts(), features, tile);
        NDArray toImage = side(features.texts(), features.images(), features, tile)) {
      return toText.add(toImage);
    }
  }

  private NDArray side(NDArray own, NDArray others, Features features, Tile tile) {
    return TrainingOps.get()
        .infoNceSide(
            own,
            others,
            logScale(),
            features.pairs(),
            tile,
            settings().duplicates(),
            settings().labelSmoothing());
  }

  @Override
  protected NDArray logScale() {
    return logScale.get();
  }
}
