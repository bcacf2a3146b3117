package dev.facet.loader;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the loader's threads wait for each other and learn that it is over. Nothing here is touched
 * per sample: threads look at volatile state first and come here only to sleep or to wake others.
 */
final class Signals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean stopped;
  private volatile @Nullable Throwable failure;

  boolean stopped() {
    return stopped;
  }

  /** What ended the run, if something did. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Wakes whoever waits, after a change of state. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    stopped = true;
    changed();
  }

  /** Ends the run; of several failures the first is kept. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until a condition holds; false if the loader stopped instead. */
  boolean await(BooleanSupplier condition) {
    lock.lock();
    try {
      while (!stopped && !condition.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #await}, for the consumer's thread, which may be interrupted. */
  boolean awaitInterruptibly(BooleanSupplier condition) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && !condition.getAsBoolean()) {
        changed.await();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }
}
