package dev.facet.loader.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thread's stop watch: {@link #start}, then a {@link #lap} at the end of each stage, so that
 * stages that follow each other share a look at the clock. For one thread; others may read what it
 * has recorded.
 */
public final class StageClock {
  private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);
  private long last;

  public StageClock() {
    for (Stage stage : Stage.values()) {
      histograms.put(stage, new Histogram());
    }
  }

  /** A stage begins now. */
  public void start() {
    last = System.nanoTime();
  }

  /** This stage ends now, and the next begins. */
  public void lap(Stage stage) {
    long now = System.nanoTime();
    histogram(stage).add(now - last);
    last = now;
  }

  Histogram histogram(Stage stage) {
    return Objects.requireNonNull(histograms.get(stage));
  }
}
