package dev.facet.cli.config;

import dev.facet.base.Range;
import dev.facet.train.Objective;
import dev.facet.train.TrainSettings;

/** The training run itself. More epochs may be given on resume; they stretch the schedule. */
public record TrainConfig(
    @FixedOnResume @Range(min = 2, max = 1_048_576) int batch,
    @Range(min = 1, max = 100_000) int epochs,
    @FixedOnResume @Range(above = 0, max = 10) double lr,
    @FixedOnResume @Range(min = 0, max = 10) double weightDecay,
    @FixedOnResume @Range(min = 0, below = 1) double beta1,
    @FixedOnResume @Range(min = 0, below = 1) double beta2,
    @FixedOnResume @Range(above = 0, max = 1) double eps,
    @FixedOnResume @Range(min = 0, max = 10_000_000) int warmupSteps,
    @FixedOnResume @Range(min = 0, max = 1_000_000) double clipNorm,
    @FixedOnResume Objective objective,
    @FixedOnResume @Range(min = 1, max = 10_000) double maxLogitScale,
    @FixedOnResume boolean maskIdenticalCaptions,
    @Range(min = 0, max = 100_000_000) int checkpointEvery,
    @Range(min = 1, max = 1000) int keepCheckpoints,
    @Range(min = 0, max = 100_000_000) int evalEvery,
    @FixedOnResume @Range(above = 0, max = 1) double layerDecay) {

  /** These settings as the training loop takes them. */
  public TrainSettings settings() {
    return new TrainSettings(
        objective,
        epochs,
        lr,
        weightDecay,
        beta1,
        beta2,
        eps,
        warmupSteps,
        clipNorm,
        maxLogitScale,
        maskIdenticalCaptions,
        checkpointEvery,
        keepCheckpoints,
        evalEvery,
        layerDecay);
  }
}
