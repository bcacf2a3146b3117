package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Runs blocks of rows on several threads, each with working memory of its own. */
final class Blocks {
  /** Work on rows from..to (exclusive). */
  interface Worker {
    void run(int from, int to);
  }

  private Blocks() {}

  /**
   * Splits rows into blocks that threads take in turn.
   *
   * @param worker called once per thread
   * @throws CancellationException if a worker throws it, as it was asked to stop
   */
  static void run(int rows, int block, int threads, Supplier<Worker> worker) {
    if (rows == 0) {
      return;
    }
    int blocks = Math.ceilDiv(rows, block);
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, blocks))) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < Math.min(threads, blocks); t++) {
        running.add(
            pool.submit(
                () -> {
                  Worker mine = worker.get();
                  for (int b; (b = next.getAndIncrement()) < blocks; ) {
                    if (Thread.interrupted()) {
                      return;
                    }
                    mine.run(b * block, Math.min(rows, (b + 1) * block));
                  }
                }));
      }
      try {
        for (Future<?> each : running) {
          each.get();
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw FacetException.run("scoring was interrupted; run it again", e);
      } catch (ExecutionException e) {
        pool.shutdownNow();
        if (e.getCause() instanceof CancellationException stopped) {
          throw stopped;
        }
        if (e.getCause() instanceof FacetException told) {
          throw told;
        }
        if (e.getCause() instanceof UncheckedIOException disk) {
          throw disk;
        }
        throw new IllegalStateException("scoring failed", e.getCause());
      }
    }
  }
}
