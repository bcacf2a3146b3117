package dev.facet.eval.measure;

import org.jspecify.annotations.Nullable;

/**
 * A figure.
 *
 * @param interval null where none was computed
 */
public record Measure(double value, @Nullable Interval interval) {}
