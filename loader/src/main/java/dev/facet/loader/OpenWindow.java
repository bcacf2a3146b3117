package dev.facet.loader;

import dev.facet.loader.order.EpochOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The opened chunks of one window of the order, and a link to the window after it. Closes itself
 * when its last sample is done.
 */
final class OpenWindow {
  /**
   * A place for a window that is yet to be opened. Workers walk from link to link; windows behind
   * the slowest of them are garbage.
   */
  static final class Link {
    private volatile @Nullable OpenWindow window;

    @Nullable OpenWindow window() {
      return window;
    }

    void set(OpenWindow opened) {
      window = opened;
    }
  }

  private final int epoch;
  private final EpochOrder.Window window;
  private final @Nullable Chunk[] chunks;
  private final @Nullable String[] problems;
  private final AtomicLong unfinished;
  private final Consumer<OpenWindow> whenClosed;
  private final Link following = new Link();

  /**
   * @param chunks in the window's order; null where opening failed
   * @param problems why opening failed
   * @param samples how many samples will be {@link #finished}
   */
  OpenWindow(
      int epoch,
      EpochOrder.Window window,
      @Nullable Chunk[] chunks,
      @Nullable String[] problems,
      long samples,
      Consumer<OpenWindow> whenClosed) {
    this.epoch = epoch;
    this.window = window;
    this.chunks = chunks;
    this.problems = problems;
    this.unfinished = new AtomicLong(samples);
    this.whenClosed = whenClosed;
  }

  /** Whether a position of an epoch belongs to this window, not to a later one. */
  boolean holds(int wantedEpoch, long position) {
    return epoch == wantedEpoch && position < window.end();
  }

  EpochOrder.Window order() {
    return window;
  }

  /** The window's {@code k}-th chunk; null if it could not be opened. */
  @Nullable Chunk chunk(int k) {
    return chunks[k];
  }

  /** Why the window's {@code k}-th chunk could not be opened. */
  @Nullable String problem(int k) {
    return problems[k];
  }

  /** Where the window after this one appears. */
  Link following() {
    return following;
  }

  /** A sample of this window will not be looked at again. */
  void finished() {
    if (unfinished.decrementAndGet() == 0) {
      close();
      whenClosed.accept(this);
    }
  }

  /** Ends all views of its chunks. */
  void close() {
    for (int k = 0; k < chunks.length; k++) {
      Chunk chunk = chunks[k];
      if (chunk != null) {
        chunks[k] = null;
        chunk.close();
      }
    }
  }
}
