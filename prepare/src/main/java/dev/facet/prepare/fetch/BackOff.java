package dev.facet.prepare.fetch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: 1 second, then twice as long each time, less up to a half
 * at random, so that those who failed together do not come back together.
 */
final class BackOff {
  private static final double FIRST_NANOS = 1e9;

  private final long longest;

  BackOff(double longestSeconds) {
    this.longest = (long) (longestSeconds * 1e9);
  }

  /**
   * Nanoseconds; below 0 if the server asks for more than there is patience for.
   *
   * @param tried tries after the first one, so far
   */
  long before(int tried, FetchFailure failure) {
    double own = FIRST_NANOS * Math.pow(2, tried) * ThreadLocalRandom.current().nextDouble(0.5, 1);
    long wait = Math.min((long) own, longest);
    Duration asked = failure.retryAfter();
    if (asked == null) {
      return wait;
    }
    return asked.compareTo(Duration.ofNanos(longest)) > 0 ? -1 : Math.max(asked.toNanos(), wait);
  }
}
