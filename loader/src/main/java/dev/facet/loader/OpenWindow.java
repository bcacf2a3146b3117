package dev.facet.loader;

import dev.facet.loader.OpenChunks.Shared;
import dev.facet.loader.order.Window;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final PlannedWindow plan;
  private final @Nullable Shared[] chunks;
  private final AtomicInteger unopened;
  private final AtomicLong unfinished;
  private final OpenChunks pool;
  private final Link place;
  private final Consumer<OpenWindow> whenClosed;
  private final Link following = new Link();
  private @Nullable OpenWindow before;

  /**
   * Opens nothing yet.
   *
   * @param pool where its chunks come from and go back to
   * @param place where it appears when all are open
   * @param before a window that is finished then, besides its samples, as the two may share chunks
   */
  OpenWindow(
      PlannedWindow plan,
      OpenChunks pool,
      Link place,
      @Nullable OpenWindow before,
      Consumer<OpenWindow> whenClosed) {
    this.plan = plan;
    this.chunks = new @Nullable Shared[plan.order().spans()];
    this.unopened = new AtomicInteger(plan.size());
    this.unfinished = new AtomicLong(plan.samples() + 1);
    this.pool = pool;
    this.place = place;
    this.before = before;
    this.whenClosed = whenClosed;
  }

  PlannedWindow plan() {
    return plan;
  }

  /** Opens the chunk of a wanted span; the last one shows the window to the workers. */
  boolean open(int span) {
    chunks[span] = pool.acquire(plan.order().chunk(span));
    if (unopened.decrementAndGet() > 0) {
      return false;
    }
    place.set(this);
    OpenWindow last = before;
    before = null; // else every window that ever was would stay reachable
    if (last != null) {
      last.finished();
    }
    return true;
  }

  /** Whether a position of an epoch belongs to this window, not to a later one. */
  boolean holds(int wantedEpoch, long position) {
    return plan.epoch() == wantedEpoch && position < plan.order().end();
  }

  Window order() {
    return plan.order();
  }

  /** What the window's {@code k}-th span comes from; null where no sample was announced in it. */
  @Nullable Shared chunk(int k) {
    return chunks[k];
  }

  /** Where the window after this one appears. */
  Link following() {
    return following;
  }

  /** A sample of this window will not be looked at again; or the window after it is open. */
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
