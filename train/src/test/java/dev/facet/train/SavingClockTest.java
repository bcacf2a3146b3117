package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SavingClockTest {
  @Test
  void aCheckpointIsDueSoManyMinutesAfterTheLast() {
    // Near the end of what a long holds: such a clock may pass over it.
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    SavingClock clock = new SavingClock(1.5, now::get);
    now.addAndGet(TimeUnit.SECONDS.toNanos(89));
    assertThat(clock.due()).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(clock.due()).isTrue();
    clock.saved();
    assertThat(clock.due()).isFalse();
  }

  @Test
  void withoutMinutesNoneIsDueByTime() {
    AtomicLong now = new AtomicLong();
    SavingClock clock = new SavingClock(0, now::get);
    now.addAndGet(TimeUnit.DAYS.toNanos(10));
    assertThat(clock.due()).isFalse();
  }
}
