package dev.facet.prepare.whole;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;

/**
 * How shards are made.
 *
 * @param rowsPerGroup rows that are read in one go
 * @param rowsPerShard rows of a file
 */
public record ShardSettings(
    @FixedOnResume @Range(min = 1, max = 65_536) int rowsPerGroup,
    @FixedOnResume @Range(min = 1, max = 10_000_000) int rowsPerShard) {}
