package dev.facet.prepare.fetch;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What time it is, and waiting for another. */
interface Time {
  /** Of a clock that never goes back, from an unknown start. */
  long nanos();

  /** Of the calendar. */
  Instant now();

  void sleep(long nanos) throws InterruptedException;

  /** The machine's. */
  Time REAL =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };
}
