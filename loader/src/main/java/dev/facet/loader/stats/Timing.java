package dev.facet.loader.stats;

/**
 * How often something was done and how long it took: a snapshot of histograms, exact in count and
 * sum, within about 6 percent in quantiles.
 */
public final class Timing {
  /** Nothing was done. */
  public static final Timing NONE = new Timing(0, new long[Histogram.BUCKETS]);

  private final long nanos;
  private final long count;
  private final long[] buckets;

  Timing(long nanos, long[] buckets) {
    this.nanos = nanos;
    this.buckets = buckets;
    long sum = 0;
    for (long inBucket : buckets) {
      sum += inBucket;
    }
    this.count = sum;
  }

  public long count() {
    return count;
  }

  /** Sum of all durations, over all threads. */
  public long nanos() {
    return nanos;
  }

  /**
   * The duration in nanoseconds that a share of all did not exceed; 0 where there were none.
   *
   * @param share in [0, 1]: 0.5 is the median
   */
  public double quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= rank) {
        return Histogram.middle(i);
      }
    }
    return 0;
  }

  /** What came after an earlier snapshot of the same loader. */
  Timing since(Timing earlier) {
    long[] later = new long[buckets.length];
    for (int i = 0; i < later.length; i++) {
      later[i] = buckets[i] - earlier.buckets[i];
    }
    return new Timing(nanos - earlier.nanos, later);
  }
}
