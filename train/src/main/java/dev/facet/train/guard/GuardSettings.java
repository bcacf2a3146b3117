package dev.facet.train.guard;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import org.jspecify.annotations.Nullable;

/**
 * Which steps are refused, and when a run goes back.
 *
 * @param nonfinite refused steps in a row after which it does
 * @param rewinds how often it may
 * @param spike how many times the usual loss is too much; null refuses no finite loss
 * @param spikeWindow losses that the usual one is the running mean of
 */
public record GuardSettings(
    @Range(min = 1, max = 1_000_000) int nonfinite,
    @Range(min = 0, max = 1_000_000) int rewinds,
    @FixedOnResume @Range(above = 1, max = 1_000_000) @Nullable Double spike,
    @FixedOnResume @Range(min = 1, max = 1_000_000) int spikeWindow) {}
