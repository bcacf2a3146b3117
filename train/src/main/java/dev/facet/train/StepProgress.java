package dev.facet.train;

import java.time.Duration;

/**
 * Where a run stands, after a step.
 *
 * @param step from 1
 * @param totalSteps of the whole run
 * @param loss of this step; NaN if it has none
 * @param lr of this step
 * @param imagesPerSecond since the last report
 * @param dataWait share of that time spent waiting for data, in [0, 1]
 * @param remaining estimate
 */
public record StepProgress(
    long step,
    long totalSteps,
    float loss,
    double lr,
    double imagesPerSecond,
    double dataWait,
    Duration remaining) {}
