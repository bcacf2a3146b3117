package dev.facet.loader;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that windows read from, each opened once however many windows share it, and closed by
 * the last of them.
 */
final class OpenChunks {
  /** An open chunk, or why it could not be opened. */
  static final class Shared {
    private final int number;
    private final String where;
    private final @Nullable Chunk chunk;
    private final String problem;
    private int users = 1;

    private Shared(int number, String where, @Nullable Chunk chunk, String problem) {
      this.number = number;
      this.where = where;
      this.chunk = chunk;
      this.problem = problem;
    }

    /** What messages call it. */
    String where() {
      return where;
    }

    /** The chunk; null if it could not be opened. */
    @Nullable Chunk chunk() {
      return chunk;
    }

    /** Why it could not be opened. */
    String problem() {
      return problem;
    }
  }

  private final Dataset dataset;
  private final Map<Integer, Shared> open = new HashMap<>();

  OpenChunks(Dataset dataset) {
    this.dataset = dataset;
  }

  /** To be called by one thread; others may {@link #release} meanwhile. */
  Shared acquire(int number) {
    synchronized (open) {
      Shared known = open.get(number);
      if (known != null) {
        known.users++;
        return known;
      }
    }
    // Not under the lock: workers that release chunks must not wait for a disk.
    Shared opened = open(number);
    synchronized (open) {
      open.put(number, opened);
    }
    return opened;
  }

  void release(Shared shared) {
    synchronized (open) {
      if (--shared.users > 0) {
        return;
      }
      open.remove(shared.number);
    }
    if (shared.chunk != null) {
      shared.chunk.close();
    }
  }

  private Shared open(int number) {
    String where = dataset.where(number);
    try {
      return new Shared(number, where, dataset.open(number), "");
    } catch (IOException e) {
      return new Shared(number, where, null, where + " cannot be opened: " + e.getMessage());
    }
  }
}
