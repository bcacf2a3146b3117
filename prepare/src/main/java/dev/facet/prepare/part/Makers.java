package dev.facet.prepare.part;

import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The threads that decode, cut and encode, each with a maker of its own. Those who wait for
 * pictures are many and virtual; what needs a processor is done here, by as many as there are of
 * these.
 */
public final class Makers implements AutoCloseable {
  /** Something to be done by a maker. */
  interface Task<T> {
    T run(RowMaker maker) throws Exception;
  }

  private final ExecutorService threads;
  private final BlockingQueue<RowMaker> idle = new LinkedBlockingQueue<>();
  private final List<RowMaker> all = new ArrayList<>();
  private final int count;

  /**
   * @param count threads
   */
  public Makers(int count, PartSettings settings, TakedownList takedown) {
    this.count = count;
    Captions captions = new Captions(settings.captions(), settings.filter(), settings.kept());
    for (int i = 0; i < count; i++) {
      all.add(new RowMaker(settings, captions, takedown));
    }
    idle.addAll(all);
    threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().name("make-", 0).factory());
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Begins a task as soon as a thread is free. */
  <T> Future<T> begin(Task<T> task) {
    return threads.submit(
        () -> {
          RowMaker maker = idle.take();
          try {
            return task.run(maker);
          } finally {
            idle.add(maker);
          }
        });
  }

  /** Waits for a task's result; what it throws comes out as it is. */
  static <T> T result(Future<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    all.forEach(RowMaker::close);
  }
}
