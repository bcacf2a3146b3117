package dev.facet.train;

import dev.facet.eval.log.StepTime;
import java.time.Duration;

/**
 * Where a run stands, after a step.
 *
 * @param step from 1
 * @param totalSteps of the whole run
 * @param loss of this step; NaN if it has none
 * @param lr of this step
 * @param imagesPerSecond over the last steps
 * @param dataWait share of the time spent waiting for data, in [0, 1], over the last steps
 * @param parts where their time goes, a mean
 * @param skipped samples dropped since the run began
 * @param remaining estimate
 */
public record StepProgress(
    long step,
    long totalSteps,
    float loss,
    double lr,
    double imagesPerSecond,
    double dataWait,
    StepTime parts,
    long skipped,
    Duration remaining) {}
