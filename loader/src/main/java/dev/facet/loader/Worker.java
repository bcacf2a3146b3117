package dev.facet.loader;

import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.order.ChunkSizes;
import dev.facet.loader.order.EpochOrder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples one by one, by number, and makes each in its place of the ring. Any worker may get
 * any sample; what comes out depends on the number alone.
 */
final class Worker implements Runnable {
  private final AtomicLong claims;
  private final BatchPlan plan;
  private final ChunkSizes sizes;
  private final Slot[] ring;
  private final Signals signals;
  private final Counters counters;
  private final BadSamples bad;
  private final SampleMaker maker;
  private final String dataset;
  private OpenWindow.Link link;
  private @Nullable OpenWindow window;

  Worker(
      AtomicLong claims,
      BatchPlan plan,
      ChunkSizes sizes,
      Slot[] ring,
      Signals signals,
      Counters counters,
      BadSamples bad,
      SampleMaker maker,
      String dataset,
      OpenWindow.Link first) {
    this.claims = claims;
    this.plan = plan;
    this.sizes = sizes;
    this.ring = ring;
    this.signals = signals;
    this.counters = counters;
    this.bad = bad;
    this.maker = maker;
    this.dataset = dataset;
    this.link = first;
  }

  @Override
  public void run() {
    try (maker) {
      while (!signals.stopped()) {
        long claim = claims.getAndIncrement();
        long batch = claim / plan.share();
        int i = (int) (claim % plan.share());
        if (batch >= plan.batches()) {
          return;
        }
        Slot slot = ring[(int) (batch % ring.length)];
        if (!slot.isFree(batch) && !signals.await(() -> slot.isFree(batch))) {
          return;
        }
        if (i < plan.size(batch)) {
          OpenWindow opened = advance(plan.epoch(batch), plan.first(batch) + i);
          if (opened == null) {
            return;
          }
          make(opened, plan.epoch(batch), plan.first(batch) + i, slot, i);
          opened.finished();
        }
        slot.finished(batch);
      }
    } catch (Throwable e) {
      signals.fail(e);
    }
  }

  /** The window of a position, waiting for it if need be; null when the loader stops. */
  private @Nullable OpenWindow advance(int epoch, long position) {
    while (window == null || !window.holds(epoch, position)) {
      OpenWindow.Link following = link;
      if (following.window() == null && !signals.await(() -> following.window() != null)) {
        return null;
      }
      OpenWindow next = following.window();
      if (next == null) {
        return null;
      }
      window = next;
      link = next.following();
    }
    return window;
  }

  private void make(OpenWindow opened, int epoch, long position, Slot slot, int i) {
    EpochOrder.Window order = opened.order();
    long place = order.place(position);
    int k = order.chunkAt(place);
    int chunkNumber = order.chunk(k);
    int index = order.index(place, k);
    long row = sizes.firstRow(chunkNumber) + index;
    counters.samples.increment();
    Slot.Entry entry = slot.entry(i);
    Row source = entry.row();
    try {
      read(opened, k, index, source);
      maker.make(source, epoch, row, slot, i);
      entry.use(row);
    } catch (BadSampleException e) {
      bad.add(row, source.id(), source.source(), e);
    } finally {
      source.image().clear(); // the chunk's memory may go
    }
  }

  private void read(OpenWindow opened, int k, int index, Row row) throws BadSampleException {
    Chunk chunk = opened.chunk(k);
    if (chunk == null) {
      row.clear();
      row.place(dataset + ", chunk " + opened.order().chunk(k), index);
      throw new BadSampleException(Reason.READ_ERROR, String.valueOf(opened.problem(k)));
    }
    long begin = System.nanoTime();
    try {
      chunk.read(index, row);
    } catch (IOException e) {
      throw new BadSampleException(Reason.READ_ERROR, String.valueOf(e.getMessage()));
    } finally {
      counters.readNanos.add(System.nanoTime() - begin);
    }
  }
}
