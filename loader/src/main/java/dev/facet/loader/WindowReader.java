package dev.facet.loader;

import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.order.Order;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;
import dev.facet.loader.storage.Patience;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens chunks, a window ahead of the workers. Several threads run it: they take the chunks in the
 * order of the windows, one at a time, so several are being opened at once. Windows of few chunks
 * are opened further ahead, that each thread may have a chunk. Whatever is open stays within the
 * memory that was given, but for a window that alone takes more.
 */
final class WindowReader implements Runnable {
  /** Windows that may always be open: the one being worked on and the one after it. */
  private static final int LIVE = 2;

  /** A chunk to be opened. */
  private record Task(OpenWindow window, int span) {}

  private final IntFunction<Order> orders;
  private final ChunkSizes sizes;
  private final int epochs;
  private final BatchPlan plan;
  private final RingSignals signals;
  private final Supplier<StageClock> clocks;
  private final OpenChunks chunks;
  private final int openers;
  private final long mostBytes;
  private final Queue<OpenWindow> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicInteger liveChunks = new AtomicInteger();
  private final AtomicLong liveBytes = new AtomicLong();

  // How far the plan has come; whoever needs the next chunk goes on with it.
  private final ReentrantLock planning = new ReentrantLock();
  private int epoch;
  private @Nullable Order order;
  private int nextWindow;
  private int nextSpan;
  private OpenWindow.Link place;
  private @Nullable OpenWindow newest;

  /**
   * @param orders the order of each epoch
   * @param clocks one for each thread
   * @param first where the first window is to appear
   */
  WindowReader(
      Dataset dataset,
      IntFunction<Order> orders,
      ChunkSizes sizes,
      LoaderSettings settings,
      BatchPlan plan,
      RingSignals signals,
      Patience patience,
      Supplier<StageClock> clocks,
      OpenWindow.Link first) {
    this.orders = orders;
    this.sizes = sizes;
    this.epochs = settings.epochs();
    this.plan = plan;
    this.signals = signals;
    this.clocks = clocks;
    this.chunks = new OpenChunks(dataset, patience);
    this.openers = Loader.openers(settings);
    this.mostBytes = settings.read().windowBytes();
    this.epoch = plan.firstEpoch();
    this.place = first;
  }

  @Override
  public void run() {
    StageClock clock = clocks.get();
    try {
      for (Task task = next(); task != null; task = next()) {
        clock.start();
        boolean last = task.window.open(task.span);
        clock.lap(Stage.OPEN);
        if (last) {
          signals.opened.changed();
        }
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

  /**
   * The next chunk; null at the end of the data, or if the loader stops: chunks that are then left
   * unopened keep their window from being shown, else they would pass for unreadable ones.
   */
  private @Nullable Task next() {
    planning.lock();
    try {
      while (!signals.stopped()) {
        if (newest != null) {
          int span = newest.plan().wanted().nextSetBit(nextSpan);
          if (span >= 0) {
            nextSpan = span + 1;
            return new Task(newest, span);
          }
        }
        PlannedWindow planned = plan();
        if (planned == null) {
          release();
          return null;
        }
        if (!awaitRoom(planned)) {
          return null;
        }
        begin(planned);
      }
      return null;
    } finally {
      planning.unlock();
    }
  }

  /** The next window that this process has samples in; null at the end of the data. */
  private @Nullable PlannedWindow plan() {
    while (epoch < epochs) {
      Order its = order;
      if (its == null) {
        its = orders.apply(epoch);
        order = its;
        nextWindow = its.windowOf(plan.begin(epoch));
      }
      while (nextWindow < its.windows()) {
        PlannedWindow planned = PlannedWindow.of(plan, sizes, epoch, its.window(nextWindow++));
        // Else other ranks read it all, or dropLast cuts the end.
        if (planned.samples() > 0) {
          return planned;
        }
      }
      epoch++;
      order = null;
    }
    return null;
  }

  /** Waits until a window may be opened; false if the loader stops. */
  private boolean awaitRoom(PlannedWindow planned) {
    if (newest != null && newest.plan().bytes() + planned.bytes() > mostBytes) {
      release(); // the two are never open at once, so it need not wait for the other
    }
    return signals.closed.await(() -> hasRoom(planned));
  }

  private boolean hasRoom(PlannedWindow planned) {
    boolean few = live.get() < LIVE || liveChunks.get() + planned.size() <= openers + 1;
    return live.get() == 0 || (few && liveBytes.get() + planned.bytes() <= mostBytes);
  }

  private void begin(PlannedWindow planned) {
    OpenWindow window = new OpenWindow(planned, chunks, place, newest, this::closed);
    // Known before it is complete: a failure half-way must not leave chunks open.
    open.add(window);
    live.incrementAndGet();
    liveChunks.addAndGet(planned.size());
    liveBytes.addAndGet(planned.bytes());
    place = window.following();
    newest = window;
    nextSpan = 0;
  }

  /** Lets the newest window close with its last sample, as no other will. */
  private void release() {
    if (newest != null) {
      newest.finished();
      newest = null;
    }
  }

  private void closed(OpenWindow window) {
    open.remove(window);
    liveBytes.addAndGet(-window.plan().bytes());
    liveChunks.addAndGet(-window.plan().size());
    live.decrementAndGet();
    signals.closed.changed();
  }
}
