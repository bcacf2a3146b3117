package dev.facet.cli.config;

import dev.facet.base.Range;
import java.nio.file.Path;

/** Which pictures are read, and how. */
public record DataConfig(
    @FixedOnResume Path root,
    @FixedOnResume String trainSplit,
    String evalSplit,
    @FixedOnResume @Range(min = 0, max = 10_000_000) int synthPictures,
    @FixedOnResume @Range(above = 0, below = 1) double synthTest,
    @Range(min = 0, max = 1024) int threads,
    @Range(min = 2, max = 256) int slots,
    @FixedOnResume @Range(min = 1, max = 4096) int window,
    @Range(min = 0, max = 1) double maxBadFraction,
    @FixedOnResume @Range(min = 1, max = 1_000_000_000) long maxPixels) {

  /** Worker threads: {@code threads}, or all cores where that is 0. */
  public int workers() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
