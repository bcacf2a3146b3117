package dev.facet.train;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When a checkpoint is due by time; the clock is one that never goes back. */
final class SavingClock {
  private final double minutes;
  private final LongSupplier nanos;
  private long last;

  /**
   * @param minutes between two checkpoints; 0 is never
   * @param nanos {@link System#nanoTime}
   */
  SavingClock(double minutes, LongSupplier nanos) {
    this.minutes = minutes;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  boolean due() {
    return minutes > 0 && nanos.getAsLong() - last >= minutes * TimeUnit.MINUTES.toNanos(1);
  }

  /** Told that a checkpoint was made. */
  void saved() {
    last = nanos.getAsLong();
  }
}
