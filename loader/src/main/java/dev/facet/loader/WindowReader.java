package dev.facet.loader;

import dev.facet.loader.order.ChunkSizes;
import dev.facet.loader.order.EpochOrder;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The one thread that opens chunks: in order, a window ahead of the workers. */
final class WindowReader implements Runnable {
  /** The window being worked on and the one after it. */
  private static final int LIVE = 2;

  private final Dataset dataset;
  private final ChunkSizes sizes;
  private final LoaderSettings settings;
  private final BatchPlan plan;
  private final Signals signals;
  private final StageClock clock;
  private final Queue<OpenWindow> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger live = new AtomicInteger();
  private OpenWindow.Link link;

  WindowReader(
      Dataset dataset,
      ChunkSizes sizes,
      LoaderSettings settings,
      BatchPlan plan,
      Signals signals,
      StageClock clock,
      OpenWindow.Link first) {
    this.dataset = dataset;
    this.sizes = sizes;
    this.settings = settings;
    this.plan = plan;
    this.signals = signals;
    this.clock = clock;
    this.link = first;
  }

  @Override
  public void run() {
    try {
      for (int epoch = plan.firstEpoch(); epoch < settings.epochs(); epoch++) {
        EpochOrder order =
            new EpochOrder(sizes, settings.seed(), epoch, settings.window(), settings.shuffle());
        for (int w = order.windowOf(plan.begin(epoch)); w < order.windows(); w++) {
          EpochOrder.Window window = order.window(w);
          // None where other ranks read it all, or where dropLast cuts the end.
          long samples = plan.within(epoch, window.start(), window.end());
          if (samples > 0) {
            if (!signals.await(() -> live.get() < LIVE)) {
              return;
            }
            OpenWindow opened = open(epoch, window, samples);
            if (signals.stopped()) {
              return; // its chunks that were left unopened would pass for unreadable ones
            }
            append(opened);
          }
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

  private void append(OpenWindow window) {
    OpenWindow.Link current = link;
    link = window.following();
    current.set(window);
    signals.changed();
  }

  private OpenWindow open(int epoch, EpochOrder.Window window, long samples) {
    clock.start();
    @Nullable Chunk[] chunks = new @Nullable Chunk[window.chunkCount()];
    @Nullable String[] problems = new @Nullable String[chunks.length];
    OpenWindow opened = new OpenWindow(epoch, window, chunks, problems, samples, this::closed);
    // Known before it is complete: a failure half-way must not leave chunks open.
    open.add(opened);
    live.incrementAndGet();
    for (int k = 0; k < chunks.length && !signals.stopped(); k++) {
      try {
        chunks[k] = dataset.open(window.chunk(k));
      } catch (IOException e) {
        problems[k] = "chunk " + window.chunk(k) + " cannot be opened: " + e.getMessage();
      }
    }
    clock.lap(Stage.OPEN);
    return opened;
  }

  private void closed(OpenWindow window) {
    open.remove(window);
    live.decrementAndGet();
    signals.changed();
  }
}
