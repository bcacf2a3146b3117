package dev.facet.prepare.fetch;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is moved. Who sleeps moves it, at once. */
final class FakeTime implements Time {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<Double> sleeps = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  void pass(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public void sleep(long wait) {
    sleeps.add(wait / 1e9);
    nanos.addAndGet(wait);
  }
}
