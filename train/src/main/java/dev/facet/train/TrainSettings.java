package dev.facet.train;

/**
 * How a model is trained.
 *
 * @param objective what is made smaller
 * @param epochs passes over the training split
 * @param lr peak learning rate
 * @param weightDecay on matrices
 * @param beta1 decay of AdamW's first moment
 * @param beta2 decay of its second moment
 * @param eps added to its denominator
 * @param warmupSteps steps of linear warm-up
 * @param clipNorm limit of the global gradient norm; 0 is none
 * @param maxLogitScale upper limit of the logit scale
 * @param maskIdenticalCaptions whether equal captions in a batch are left out as negatives, as
 *     equal pictures always are
 * @param checkpointEvery steps; 0 only at the end
 * @param keepCheckpoints newest ones kept beside the best
 * @param evalEvery steps; 0 only at the end
 * @param layerDecay what the learning rate is multiplied by from a layer to the next below; 1 is
 *     none
 */
public record TrainSettings(
    Objective objective,
    int epochs,
    double lr,
    double weightDecay,
    double beta1,
    double beta2,
    double eps,
    int warmupSteps,
    double clipNorm,
    double maxLogitScale,
    boolean maskIdenticalCaptions,
    int checkpointEvery,
    int keepCheckpoints,
    int evalEvery,
    double layerDecay) {}
