package dev.facet.loader.stats;

import java.util.EnumMap;
import java.util.Map;

/** One second in the life of a loader that never was. */
public final class MadeUpStats {
  private final Map<Stage, Timing> stages = new EnumMap<>(Stage.class);
  private final long samples;

  public MadeUpStats(long samples) {
    this.samples = samples;
  }

  /** A stage that was entered {@code count} times and took that long each time. */
  public MadeUpStats with(Stage stage, int count, double millis) {
    Histogram histogram = new Histogram();
    for (int i = 0; i < count; i++) {
      histogram.add((long) (millis * 1e6));
    }
    long[] buckets = new long[Histogram.BUCKETS];
    long nanos = histogram.addTo(buckets);
    stages.put(stage, new Timing(nanos, buckets));
    return this;
  }

  public LoaderStats stats() {
    return new LoaderStats(1_000_000_000L, samples, Map.of(), 0, 10, 5, 0, stages);
  }
}
