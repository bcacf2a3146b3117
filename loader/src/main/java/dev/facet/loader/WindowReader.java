package dev.facet.loader;

import dev.facet.loader.order.Order;
import dev.facet.loader.order.Window;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The one thread that opens chunks: in order, a window ahead of the workers. */
final class WindowReader implements Runnable {
  /** The window being worked on and the one after it. */
  private static final int LIVE = 2;

  private final IntFunction<Order> orders;
  private final int epochs;
  private final BatchPlan plan;
  private final Signals signals;
  private final StageClock clock;
  private final OpenChunks chunks;
  private final Queue<OpenWindow> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger live = new AtomicInteger();
  private OpenWindow.Link link;
  private @Nullable OpenWindow newest;

  /**
   * @param orders the order of each epoch
   * @param first where the first window is to appear
   */
  WindowReader(
      Dataset dataset,
      IntFunction<Order> orders,
      int epochs,
      BatchPlan plan,
      Signals signals,
      StageClock clock,
      OpenWindow.Link first) {
    this.orders = orders;
    this.epochs = epochs;
    this.plan = plan;
    this.signals = signals;
    this.clock = clock;
    this.chunks = new OpenChunks(dataset);
    this.link = first;
  }

  @Override
  public void run() {
    try {
      for (int epoch = plan.firstEpoch(); epoch < epochs; epoch++) {
        Order order = orders.apply(epoch);
        for (int w = order.windowOf(plan.begin(epoch)); w < order.windows(); w++) {
          if (!read(epoch, order.window(w))) {
            return;
          }
        }
      }
      if (newest != null) {
        newest.finished();
      }
    } catch (Throwable e) {
      signals.fail(e);
    }
  }

  /** Closes what is left once all threads have ended. */
  void closeAll() {
    open.forEach(OpenWindow::close);
    open.clear();
  }

  /** Opens a window; false if the loader stops. */
  private boolean read(int epoch, Window window) {
    BitSet needed = new BitSet(window.spans());
    long samples =
        plan.share(
            epoch,
            window.start(),
            window.end(),
            position -> needed.set(window.spanAt(window.place(position))));
    if (samples == 0) {
      return true; // other ranks read it all, or dropLast cuts the end
    }
    if (!signals.closed.await(() -> live.get() < LIVE)) {
      return false;
    }
    OpenWindow opened = open(epoch, window, needed, samples);
    if (signals.stopped()) {
      return false; // chunks that were left unopened would pass for unreadable ones
    }
    OpenWindow.Link current = link;
    link = opened.following();
    current.set(opened);
    signals.opened.changed();
    // Only now may the window before let its chunks go: the new one may share some with it.
    if (newest != null) {
      newest.finished();
    }
    newest = opened;
    return true;
  }

  private OpenWindow open(int epoch, Window window, BitSet needed, long samples) {
    clock.start();
    OpenWindow opened = new OpenWindow(epoch, window, samples, chunks, this::closed);
    // Known before it is complete: a failure half-way must not leave chunks open.
    open.add(opened);
    live.incrementAndGet();
    for (int k = needed.nextSetBit(0); k >= 0 && !signals.stopped(); k = needed.nextSetBit(k + 1)) {
      opened.set(k, chunks.acquire(window.chunk(k)));
    }
    clock.lap(Stage.OPEN);
    return opened;
  }

  private void closed(OpenWindow window) {
    open.remove(window);
    live.decrementAndGet();
    signals.closed.changed();
  }
}
