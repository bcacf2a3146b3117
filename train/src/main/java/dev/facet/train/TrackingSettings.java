package dev.facet.train;

import dev.facet.base.Range;
import org.jspecify.annotations.Nullable;

/**
 * What other programs that follow runs are told.
 *
 * @param tensorboardPictures of the first batch, and captions with what they find, at most; 0 is no
 *     picture
 * @param tensorboardValues numbers that a histogram is made of at most; 0 is no histogram
 * @param mlflow address of an MLflow tracking server; null is none
 * @param mlflowExperiment what the run belongs to there
 */
public record TrackingSettings(
    @Range(min = 0, max = 256) int tensorboardPictures,
    @Range(min = 0, max = 100_000_000) int tensorboardValues,
    @Nullable String mlflow,
    String mlflowExperiment) {}
