package dev.facet.loader;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for one kind of event, so that an event wakes nobody who waits for another.
 *
 * <p>No wake-up is lost, and none costs a lock while nobody waits: a waiter first announces itself
 * and then looks at the state; a waker first changes the state and then looks for waiters. What
 * they write and read is volatile, hence in one order for all: either the waiter sees the new
 * state, or the waker sees the waiter. In the second case the waker needs the lock, which the
 * waiter holds from its announcement until it sleeps.
 */
final class Signal {
  private final RingSignals run;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();

  Signal(RingSignals run) {
    this.run = run;
  }

  /** Wakes those who wait here; to be called after a change of volatile state. */
  void changed() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Sleeps until a condition holds; false if the loader stopped instead.
   *
   * @param condition of volatile state
   */
  boolean await(BooleanSupplier condition) {
    lock.lock();
    try {
      waiting.incrementAndGet();
      while (!run.stopped() && !condition.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
      return !run.stopped();
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** Sleeps for a while; false if the loader stops before that is over. */
  boolean pause(long nanos) {
    lock.lock();
    try {
      waiting.incrementAndGet();
      long left = nanos;
      while (!run.stopped() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !run.stopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** As {@link #await}, for the consumer's thread, which may be interrupted. */
  boolean awaitInterruptibly(BooleanSupplier condition) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting.incrementAndGet();
      while (!run.stopped() && !condition.getAsBoolean()) {
        changed.await();
      }
      return !run.stopped();
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }
}
