package dev.facet.loader;

import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.storage.Patience;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that windows read from, each opened once however many windows share it, and closed by
 * the last of them. Thread-safe.
 */
final class OpenChunks {
  /**
   * What came of opening a chunk.
   *
   * @param chunk null if it could not be opened
   * @param problem why it could not
   */
  private record Opened(@Nullable Chunk chunk, String problem) {}

  /** An open chunk, or why it could not be opened. */
  static final class Shared {
    private final int number;
    private final String where;
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private int users;

    private Shared(int number, String where) {
      this.number = number;
      this.where = where;
    }

    /** What messages call it. */
    String where() {
      return where;
    }

    /** The chunk; null if it could not be opened. */
    @Nullable Chunk chunk() {
      return opened.join().chunk;
    }

    /** Why it could not be opened. */
    String problem() {
      return opened.join().problem;
    }
  }

  private final Dataset dataset;
  private final Patience patience;
  private final Map<Integer, Shared> open = new HashMap<>();

  OpenChunks(Dataset dataset, Patience patience) {
    this.dataset = dataset;
    this.patience = patience;
  }

  /** Opens a chunk, or waits for whoever is opening it. */
  Shared acquire(int number) {
    Shared shared;
    boolean first;
    synchronized (open) {
      shared = open.computeIfAbsent(number, n -> new Shared(n, dataset.where(n)));
      first = shared.users++ == 0;
    }
    // Not under the lock: others must not wait for a disk.
    if (first) {
      open(shared);
    } else {
      await(shared);
    }
    return shared;
  }

  void release(Shared shared) {
    synchronized (open) {
      if (--shared.users > 0) {
        return;
      }
      open.remove(shared.number);
    }
    Chunk chunk = shared.chunk();
    if (chunk != null) {
      chunk.close();
    }
  }

  private void open(Shared shared) {
    try {
      Chunk chunk = patience.read(() -> dataset.open(shared.number));
      shared.opened.complete(new Opened(chunk, ""));
    } catch (IOException e) {
      String problem = shared.where + " cannot be opened: " + e.getMessage();
      shared.opened.complete(new Opened(null, problem));
    } catch (Throwable e) {
      shared.opened.completeExceptionally(e); // for those who wait; it ends the run
      throw e;
    }
  }

  private static void await(Shared shared) {
    try {
      shared.opened.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case Error cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
