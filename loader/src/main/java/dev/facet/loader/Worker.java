package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.order.ChunkSizes;
import dev.facet.loader.order.Window;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
  private final StageClock clock;
  private final BadSamples bad;
  private final Supplier<SampleMaker> makers;
  private OpenWindow.Link link;
  private @Nullable OpenWindow window;

  Worker(
      AtomicLong claims,
      BatchPlan plan,
      ChunkSizes sizes,
      Slot[] ring,
      Signals signals,
      Counters counters,
      StageClock clock,
      BadSamples bad,
      Supplier<SampleMaker> makers,
      OpenWindow.Link first) {
    this.claims = claims;
    this.plan = plan;
    this.sizes = sizes;
    this.ring = ring;
    this.signals = signals;
    this.counters = counters;
    this.clock = clock;
    this.bad = bad;
    this.makers = makers;
    this.link = first;
  }

  @Override
  public void run() {
    // Made here, by the thread that will use its memory; and what fails is reported, not leaked.
    try (SampleMaker maker = makers.get()) {
      while (!signals.stopped()) {
        long claim = claims.getAndIncrement();
        long batch = claim / plan.share();
        int i = (int) (claim % plan.share());
        if (batch >= plan.batches()) {
          return;
        }
        Slot slot = ring[(int) (batch % ring.length)];
        if (!slot.isFree(batch) && !await(Stage.WAIT_SLOT, () -> slot.awaitFree(batch))) {
          return;
        }
        if (i < plan.size(batch)) {
          OpenWindow opened = advance(plan.epoch(batch), plan.first(batch) + i);
          if (opened == null) {
            return;
          }
          make(maker, opened, plan.first(batch) + i, slot, i);
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
      if (following.window() == null
          && !await(
              Stage.WAIT_CHUNKS, () -> signals.opened.await(() -> following.window() != null))) {
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

  /** Sleeps, on the clock, until what is waited for has come; false if the loader stops. */
  private boolean await(Stage stage, BooleanSupplier wait) {
    clock.start();
    boolean came = wait.getAsBoolean();
    clock.lap(stage);
    return came;
  }

  private void make(SampleMaker maker, OpenWindow opened, long position, Slot slot, int i) {
    Window order = opened.order();
    long place = order.place(position);
    int k = order.spanAt(place);
    int chunkNumber = order.chunk(k);
    int index = order.index(place, k);
    long row = sizes.firstRow(chunkNumber) + index;
    counters.addSample();
    Slot.Entry entry = slot.entry(i);
    Row source = entry.row();
    try {
      read(opened, k, index, source);
      maker.make(source, order.pass(k), row, slot, i);
      entry.use(row);
    } catch (BadSampleException e) {
      bad.add(row, source.id(), source.source(), e);
    } finally {
      source.image().clear(); // the chunk's memory may go
    }
  }

  private void read(OpenWindow opened, int k, int index, Row row) throws BadSampleException {
    OpenChunks.Shared shared = Objects.requireNonNull(opened.chunk(k));
    Chunk chunk = shared.chunk();
    if (chunk == null) {
      row.clear();
      row.place(shared.where(), index);
      throw new BadSampleException(Reason.READ_ERROR, shared.problem());
    }
    clock.start();
    try {
      chunk.read(index, row);
    } catch (IOException e) {
      throw new BadSampleException(Reason.READ_ERROR, String.valueOf(e.getMessage()));
    } catch (FacetException e) {
      throw e; // it tells the user what to do about the run
    } catch (RuntimeException e) {
      // Data that no check foresaw costs its row, not the run.
      throw new BadSampleException(Reason.READ_ERROR, e.toString());
    } finally {
      clock.lap(Stage.READ);
    }
  }
}
