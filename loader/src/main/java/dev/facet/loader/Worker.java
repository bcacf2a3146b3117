package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Row;
import dev.facet.loader.order.Window;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;
import dev.facet.loader.storage.Patience;
import dev.facet.loader.storage.StorageException;
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
  private final RingSignals signals;
  private final Counters counters;
  private final StageClock clock;
  private final BadSamples bad;
  private final Patience patience;
  private final Supplier<SampleMaker> makers;
  private OpenWindow.Link link;
  private @Nullable OpenWindow window;

  Worker(
      AtomicLong claims,
      BatchPlan plan,
      ChunkSizes sizes,
      Slot[] ring,
      RingSignals signals,
      Counters counters,
      StageClock clock,
      BadSamples bad,
      Patience patience,
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
    this.patience = patience;
    this.makers = makers;
    this.link = first;
  }

  @Override
  public void run() {
    // Made here, by the thread that will use its memory; and what fails is reported, not leaked.
    try (SampleMaker maker = makers.get()) {
      while (!signals.stopped()) {
        long claim = claims.getAndIncrement();
        long batch = claim / plan.capacity();
        int i = (int) (claim % plan.capacity());
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
    long row = row(opened.order(), position);
    counters.addSample();
    Slot.Entry entry = slot.entry(i);
    Row source = entry.row();
    try {
      try {
        sample(maker, opened, position, slot, i);
      } catch (StorageException e) {
        patience.again(e, () -> sample(maker, opened, position, slot, i));
      }
      entry.use(row);
    } catch (BadSampleException e) {
      bad.add(row, source.id(), source.source(), e);
    } finally {
      source.image().clear(); // the chunk's memory may go
    }
  }

  /** Reads a row and makes what the model sees of it. */
  private Row sample(SampleMaker maker, OpenWindow opened, long position, Slot slot, int i)
      throws BadSampleException, StorageException {
    Window order = opened.order();
    long place = order.place(position);
    int k = order.spanAt(place);
    Row row = slot.entry(i).row();
    try {
      read(opened, k, order.index(place, k), row);
      maker.make(row, order.pass(k), row(order, position), slot, i);
      return row;
    } catch (OutOfMemoryError e) {
      throw StorageException.ofMemory(row.source(), e);
    }
  }

  /** Number within the dataset of the row at a position. */
  private long row(Window order, long position) {
    long place = order.place(position);
    int k = order.spanAt(place);
    return sizes.firstRow(order.chunk(k)) + order.index(place, k);
  }

  private void read(OpenWindow opened, int k, int index, Row row)
      throws BadSampleException, StorageException {
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
    } catch (StorageException e) {
      throw e; // not the row's fault
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
