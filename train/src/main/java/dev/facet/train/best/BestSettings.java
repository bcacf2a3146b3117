package dev.facet.train.best;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;

/**
 * Which weights are the best.
 *
 * @param best what they are best at, on the first held-out set
 * @param patience evaluations of that set without better ones after which the run ends; 0 is never
 */
public record BestSettings(
    @FixedOnResume BestMetric best, @Range(min = 0, max = 1_000_000) int patience) {}
