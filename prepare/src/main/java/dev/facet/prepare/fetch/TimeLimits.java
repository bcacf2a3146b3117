package dev.facet.prepare.fetch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One thread that looks after the time limits of all tries, many times a second. */
final class TimeLimits implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Set<TimeLimit> running = ConcurrentHashMap.newKeySet();
  private final Time time;
  private final Thread thread;

  TimeLimits(Time time) {
    this.time = time;
    this.thread = Thread.ofPlatform().daemon().name("facet-fetch-time").start(this::watch);
  }

  TimeLimit start(double seconds) {
    TimeLimit limit = new TimeLimit((long) (seconds * 1e9), time, this);
    running.add(limit);
    return limit;
  }

  void forget(TimeLimit limit) {
    running.remove(limit);
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(EVERY_NANOS);
        running.forEach(TimeLimit::check);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
