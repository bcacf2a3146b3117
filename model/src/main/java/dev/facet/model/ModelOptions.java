package dev.facet.model;

import dev.facet.model.ops.Precision;
import org.jspecify.annotations.Nullable;

/**
 * How a model runs; nothing of it is part of a checkpoint.
 *
 * @param precision of matrix products
 * @param imageSize side of the input in pixels where it differs from the checkpoint's, else null
 * @param recompute gradient checkpointing: a layer's inner values are computed again in the
 *     backward pass instead of kept
 * @param patchDropout share of the patches left out of every training picture (Li et al. 2023,
 *     "Scaling language-image pre-training via masking", section 3); 0 is none
 * @param seed of weights that no checkpoint sets
 */
public record ModelOptions(
    DeviceChoice device,
    Precision precision,
    @Nullable Integer imageSize,
    boolean recompute,
    double patchDropout,
    long seed) {

  /** As the checkpoint says, to score or to compare. */
  public static ModelOptions plain(DeviceChoice device, Precision precision) {
    return new ModelOptions(device, precision, null, false, 0, 0);
  }
}
