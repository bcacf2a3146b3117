package dev.facet.loader;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How the loader's threads wait for each other and learn that it is over. Nothing here is touched
 * per sample: threads look at volatile state first and come here only to sleep or to wake others.
 */
final class RingSignals {
  private final List<Signal> all = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /** A batch is complete; the consumer waits for it. */
  final Signal published = create();

  /** A window was opened; workers wait for it. */
  final Signal opened = create();

  /** A window was closed; those who open the next wait for it. */
  final Signal closed = create();

  /** Nothing but the end is told here, to those who let time pass. */
  final Signal ended = create();

  /** One more place to wait at. */
  Signal create() {
    Signal signal = new Signal(this);
    all.add(signal);
    return signal;
  }

  boolean stopped() {
    return stopped;
  }

  /** What ended the run, if something did. */
  @Nullable Throwable failure() {
    return failure.get();
  }

  /** Ends the run and wakes whoever waits. */
  void stop() {
    stopped = true;
    all.forEach(Signal::changed);
  }

  /** Ends the run; of several failures the first is kept. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    stop();
  }
}
