package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignalTest {
  /** Each thread waits for its turn, over and over: one lost wake-up and none would go on. */
  @Test
  void noWakeUpIsLost() throws Exception {
    int threads = 6;
    int rounds = 3_000;
    RingSignals signals = new RingSignals();
    List<Signal> places = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    AtomicInteger turn = new AtomicInteger();
    for (int i = 0; i < threads; i++) {
      places.add(signals.create());
    }
    for (int i = 0; i < threads; i++) {
      int first = i;
      running.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < rounds; round++) {
                      int mine = round * threads + first;
                      places.get(first).await(() -> turn.get() == mine);
                      turn.incrementAndGet();
                      places.get((first + 1) % threads).changed();
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    assertThat(turn).hasValue(threads * rounds);
  }

  @Test
  void stoppingWakesWhoeverWaits() throws Exception {
    RingSignals signals = new RingSignals();
    List<Thread> waiting = new ArrayList<>();
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      Signal place = i % 2 == 0 ? signals.create() : signals.opened;
      waiting.add(
          Thread.ofPlatform().start(() -> told.addAndGet(place.await(() -> false) ? 100 : 1)));
    }
    IllegalStateException why = new IllegalStateException("first");
    signals.fail(why);
    signals.fail(new IllegalStateException("second"));
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(told).hasValue(8);
    assertThat(signals.failure()).isSameAs(why);
  }
}
