package dev.facet.prepare.fetch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long one try may take in all. At its end, whatever the try waits for at the moment is ended
 * from outside: a time limit of a socket would begin anew with each byte that drips in.
 */
final class TimeLimit implements AutoCloseable {
  private final Time time;
  private final TimeLimits watch;
  private final long nanos;
  private long end;
  private long pausedAt;
  private boolean paused;
  private boolean over;
  private @Nullable Runnable ending;

  TimeLimit(long nanos, Time time, TimeLimits watch) {
    this.nanos = nanos;
    this.time = time;
    this.watch = watch;
    this.end = time.nanos() + nanos;
  }

  /** What to do at the end if it comes from now on, such as closing a socket; it must not block. */
  synchronized void guard(Runnable how) throws FetchFailure {
    if (over) {
      how.run();
      throw failure();
    }
    ending = how;
  }

  /** What was guarded is done with, and not to be touched any more. */
  void unguard() throws FetchFailure {
    guard(() -> {});
  }

  /** What is waited for from here on is of our own making. */
  synchronized void pause() {
    paused = true;
    pausedAt = time.nanos();
  }

  synchronized void goOn() {
    paused = false;
    end += time.nanos() - pausedAt;
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Nanoseconds, above 0. */
  synchronized long left() {
    return Math.max(1, end - time.nanos());
  }

  synchronized void check() {
    if (!over && !paused && time.nanos() - end >= 0) {
      over = true;
      if (ending != null) {
        ending.run();
      }
    }
  }

  FetchFailure failure() {
    return FetchFailure.passing(
        Reason.TIMEOUT, String.format(Locale.ROOT, "not done after %.3g seconds", nanos / 1e9));
  }

  @Override
  public void close() {
    watch.forget(this);
  }
}
