package dev.facet.eval.measure;

import org.jspecify.annotations.Nullable;

/**
 * The largest difference of a figure between two groups.
 *
 * @param highest the group in which it is highest
 * @param lowest the group in which it is lowest
 * @param value the difference, 0 or more
 * @param interval of the difference, below 0 at its lower end where the groups may be alike; null
 *     where none was computed
 */
public record Gap(String highest, String lowest, double value, @Nullable Interval interval) {}
