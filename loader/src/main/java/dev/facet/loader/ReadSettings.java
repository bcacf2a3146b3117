package dev.facet.loader;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;

/**
 * What reading may use, and how far it mixes.
 *
 * @param threads worker threads; 0 means one for each core
 * @param slots batches kept ready or being filled
 * @param window chunks among which rows are mixed; fewer where two windows of them would take more
 *     than {@code windowBytes}
 * @param windowBytes memory of all chunks that are open at once; at least one chunk always is
 * @param openers threads that open chunks; 0 means 2 to 4, as there are worker threads
 * @param maxBadFraction share of bad samples past which the run stops, judged once at least 100
 *     samples have been read, and at the end of the data
 */
public record ReadSettings(
    @Range(min = 0, max = 1024) int threads,
    @Range(min = 2, max = 256) int slots,
    @FixedOnResume @Range(min = 1, max = 4096) int window,
    @FixedOnResume @Range(min = 1, max = 1L << 50) long windowBytes,
    @Range(min = 0, max = 1024) int openers,
    @Range(min = 0, max = 1) double maxBadFraction) {

  /** Worker threads, each core's where none are named. */
  public int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** With another number of batches. */
  ReadSettings withSlots(int other) {
    return new ReadSettings(threads, other, window, windowBytes, openers, maxBadFraction);
  }

  /** With another number of worker threads. */
  public ReadSettings withThreads(int other) {
    return new ReadSettings(other, slots, window, windowBytes, openers, maxBadFraction);
  }
}
