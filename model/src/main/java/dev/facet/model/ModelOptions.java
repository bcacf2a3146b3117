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
 * @param replica number of this copy of the model, from 0; on CUDA each has a device of its own
 */
public record ModelOptions(
    DeviceChoice device,
    Precision precision,
    @Nullable Integer imageSize,
    boolean recompute,
    double patchDropout,
    long seed,
    int replica) {

  /** Of a model without copies. */
  public ModelOptions(
      DeviceChoice device,
      Precision precision,
      @Nullable Integer imageSize,
      boolean recompute,
      double patchDropout,
      long seed) {
    this(device, precision, imageSize, recompute, patchDropout, seed, 0);
  }

  /** Of a copy of the model. */
  public ModelOptions ofReplica(int rank) {
    return new ModelOptions(device, precision, imageSize, recompute, patchDropout, seed, rank);
  }

  /** As the checkpoint says, to score or to compare. */
  public static ModelOptions plain(DeviceChoice device, Precision precision) {
    return new ModelOptions(device, precision, null, false, 0, 0);
  }
}
