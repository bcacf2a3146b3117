package dev.facet.prepare.fetch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Memory for all bodies together. It is taken as bytes arrive, so bodies that came in part may have
 * all of it among them, each waiting for more: then one of them, until it is closed, takes what it
 * needs all the same. So there is always one that ends, and the most in use is the budget and one
 * body.
 */
final class BodyMemory {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long free;
  private @Nullable Share first;

  BodyMemory(long bytes) {
    this.free = bytes;
  }

  /** What one body holds; none at first. */
  Share share() {
    return new Share();
  }

  final class Share {
    private final AtomicBoolean closed = new AtomicBoolean();
    private long held;

    /** Takes more, and waits until there is some. The try's time does not run meanwhile. */
    void take(long bytes, TimeLimit limit) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        if (!mayTake(bytes)) {
          limit.pause();
          try {
            while (!mayTake(bytes)) {
              changed.await();
            }
          } finally {
            limit.goOn();
          }
        }
        if (free < bytes) {
          first = this;
        }
        free -= bytes;
        held += bytes;
      } finally {
        lock.unlock();
      }
    }

    private boolean mayTake(long bytes) {
      return free >= bytes || first == null || first == this;
    }

    /** Gives some back. */
    void give(long bytes) {
      lock.lock();
      try {
        free += bytes;
        held -= bytes;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Gives all back, once. */
    void close() {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      lock.lock();
      try {
        free += held;
        held = 0;
        if (first == this) {
          first = null;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
