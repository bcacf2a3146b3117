package dev.facet.model.layers;

import dev.facet.model.ops.Precision;

/**
 * What all layers of one model share.
 *
 * @param precision of matrix products
 * @param recompute gradient checkpointing: what a block computes inside is computed again in the
 *     backward pass instead of kept
 * @param patchDropout share of the patches left out of every training picture
 * @param init draws the weights that no checkpoint sets
 * @param random draws within a training step
 */
public record LayerSettings(
    Precision precision,
    boolean recompute,
    double patchDropout,
    SeededInit init,
    StepRandom random) {}
