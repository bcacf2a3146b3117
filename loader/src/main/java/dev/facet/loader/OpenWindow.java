package dev.facet.loader;

import dev.facet.loader.OpenChunks.Shared;
import dev.facet.loader.order.Window;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The opened chunks of one window of the order, and a link to the window after it. Closes itself
 * when its last sample is done and its successor is open.
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
  private final Window window;
  private final @Nullable Shared[] chunks;
  private final AtomicLong unfinished;
  private final OpenChunks pool;
  private final Consumer<OpenWindow> whenClosed;
  private final Link following = new Link();

  /**
   * @param samples how many samples will be {@link #finished}; besides these, the reader finishes
   *     the window itself
   * @param pool where its chunks go back to
   */
  OpenWindow(
      int epoch, Window window, long samples, OpenChunks pool, Consumer<OpenWindow> whenClosed) {
    this.epoch = epoch;
    this.window = window;
    this.chunks = new @Nullable Shared[window.spans()];
    this.unfinished = new AtomicLong(samples + 1);
    this.pool = pool;
    this.whenClosed = whenClosed;
  }

  /** For the reader, before the window is shown to others. */
  void set(int span, Shared chunk) {
    chunks[span] = chunk;
  }

  /** Whether a position of an epoch belongs to this window, not to a later one. */
  boolean holds(int wantedEpoch, long position) {
    return epoch == wantedEpoch && position < window.end();
  }

  Window order() {
    return window;
  }

  /** What the window's {@code k}-th span comes from; null where no sample was announced in it. */
  @Nullable Shared chunk(int k) {
    return chunks[k];
  }

  /** Where the window after this one appears. */
  Link following() {
    return following;
  }

  /** A sample of this window will not be looked at again; or the reader has gone on to the next. */
  void finished() {
    if (unfinished.decrementAndGet() == 0) {
      close();
      whenClosed.accept(this);
    }
  }

  /** Ends all views of its chunks, as far as no other window uses them. */
  void close() {
    for (int k = 0; k < chunks.length; k++) {
      Shared chunk = chunks[k];
      if (chunk != null) {
        chunks[k] = null;
        pool.release(chunk);
      }
    }
  }
}
