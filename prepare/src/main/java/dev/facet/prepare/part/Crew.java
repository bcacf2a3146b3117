package dev.facet.prepare.part;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that work on one thing together: the first that fails ends all, and is what the
 * waiting thread is told. For one starting thread.
 */
final class Crew implements AutoCloseable {
  /** What such a thread does. */
  interface Job {
    void run() throws IOException, InterruptedException;
  }

  private final Phaser running = new Phaser(1);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Throwable failure;

  /** Starts a thread, unless one failed. */
  void start(Job job) throws IOException, InterruptedException {
    throwIfFailed();
    running.register();
    Thread thread = Thread.ofVirtual().unstarted(() -> run(job));
    threads.add(thread);
    thread.start();
  }

  private void run(Job job) {
    try {
      job.run();
    } catch (Throwable e) {
      if (failure == null) {
        failure = e;
      }
      threads.forEach(Thread::interrupt);
    } finally {
      threads.remove(Thread.currentThread());
      running.arriveAndDeregister();
    }
  }

  /** Waits until all have ended. */
  void join() throws IOException, InterruptedException {
    running.awaitAdvanceInterruptibly(running.arrive());
    throwIfFailed();
  }

  private void throwIfFailed() throws IOException, InterruptedException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case FacetException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("a thread failed", e);
    }
  }

  /** Ends those that are left. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
