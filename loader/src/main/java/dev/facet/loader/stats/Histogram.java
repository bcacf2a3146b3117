package dev.facet.loader.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Durations of one thread, counted in buckets that grow with them: eight to each power of two. A
 * bucket is at most an eighth as wide as its values are large, so its middle is off by at most
 * 1/16, about 6 percent. HdrHistogram does the same with more digits and more memory.
 *
 * <p>One thread writes and any may read. With a single writer an addition needs no atomic
 * operation; opaque access alone makes it visible in the end. It takes a few nanoseconds and
 * allocates nothing.
 */
final class Histogram {
  private static final int SUB_BITS = 3;
  private static final int SUB = 1 << SUB_BITS;

  /** Nanoseconds of the last bucket and all beyond it: 2^42, more than an hour. */
  private static final int MAX_BITS = 42;

  static final int BUCKETS = (MAX_BITS - SUB_BITS + 1) * SUB + 1;

  /** The last place holds the sum of all durations. */
  private static final int TOTAL = BUCKETS;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] cells = new long[BUCKETS + 1];

  /** For the one writing thread. A clock that stands still or runs back counts as 0. */
  void add(long nanos) {
    long duration = Math.max(0, nanos);
    int bucket = bucket(duration);
    CELL.setOpaque(cells, bucket, cells[bucket] + 1);
    CELL.setOpaque(cells, TOTAL, cells[TOTAL] + duration);
  }

  /** Adds the number in each bucket to {@code counts} and returns the sum of the durations. */
  long addTo(long[] counts) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += (long) CELL.getOpaque(cells, i);
    }
    return (long) CELL.getOpaque(cells, TOTAL);
  }

  /** The bucket of a duration of at least 0. */
  static int bucket(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    if (exponent >= MAX_BITS) {
      return BUCKETS - 1;
    }
    int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB - 1);
    return ((exponent - SUB_BITS + 1) << SUB_BITS) + sub;
  }

  /** The middle of a bucket, in nanoseconds. */
  static double middle(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = (bucket >> SUB_BITS) - 1;
    long least = (long) (SUB + (bucket & (SUB - 1))) << shift;
    long width = 1L << shift;
    return least + (width - 1) / 2.0;
  }
}
