package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.order.ChunkSizes;
import dev.facet.loader.order.EpochOrder;
import dev.facet.loader.order.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams batches of decoded, cropped pictures with tokenised captions.
 *
 * <p>Order, crops, colours and caption choice are pure functions of (seed, epoch, row): threads,
 * slots, ranks and restarts change nothing. One thread opens chunks a window ahead; workers take
 * samples by number and make them in a ring of batches; the consumer takes batches in order. When
 * the ring is full the workers sleep.
 */
public final class Loader implements AutoCloseable {
  private final String dataset;
  private final BatchPlan plan;
  private final Counters counters = new Counters();
  private final StageClock consumer = counters.clock();
  private final Signals signals = new Signals();
  private final Arena arena = Arena.ofShared();
  private final BadSamples bad;
  private final WindowReader reader;
  private final Slot[] ring;
  private final List<Thread> threads = new ArrayList<>();
  private long taken;
  private volatile boolean closed;

  private Loader(
      Dataset dataset,
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      Quarantine quarantine,
      Position start) {
    this.dataset = dataset.name();
    ChunkSizes sizes = new ChunkSizes(dataset.chunkCount(), dataset::rowCount);
    plan = new BatchPlan(sizes.rows(), settings, start);
    bad = new BadSamples(this.dataset, settings.maxBadFraction(), counters, quarantine);
    ring = new Slot[settings.slots()];
    try {
      for (int i = 0; i < ring.length; i++) {
        ring[i] =
            new Slot(
                arena,
                signals,
                i,
                ring.length,
                plan.share(),
                imageBytes(images),
                text.contextLength());
      }
    } catch (Throwable e) {
      arena.close(); // direct memory ran out half-way
      throw e;
    }
    OpenWindow.Link first = new OpenWindow.Link();
    reader =
        new WindowReader(
            dataset,
            epoch -> order(dataset, sizes, settings, epoch),
            settings.epochs(),
            plan,
            signals,
            counters.clock(),
            first);
    threads.add(Thread.ofPlatform().daemon().name("facet-loader-reader").unstarted(reader));
    AtomicLong claims = new AtomicLong();
    for (int i = 0; i < threadCount(settings); i++) {
      StageClock clock = counters.clock();
      Worker worker =
          new Worker(
              claims,
              plan,
              sizes,
              ring,
              signals,
              counters,
              clock,
              bad,
              () -> new SampleMaker(settings, images, text, counters, clock),
              first);
      threads.add(Thread.ofPlatform().daemon().name("facet-loader-worker-" + i).unstarted(worker));
    }
  }

  /**
   * Starts the threads; the first batch is the one that follows {@code start}. The dataset must
   * stay open until this loader is closed.
   *
   * @param settings 0 threads means one per processor
   * @throws FacetException for settings that cannot work, such as a dataset smaller than a batch
   *     with {@code dropLast}
   */
  public static Loader start(
      Dataset dataset,
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      Quarantine quarantine,
      Position start) {
    check(settings, images, text.contextLength());
    Loader loader = new Loader(dataset, settings, images, text, quarantine, start);
    try {
      loader.threads.forEach(Thread::start);
    } catch (Throwable e) {
      loader.close(); // the system has no more threads to give; some have begun
      throw e;
    }
    return loader;
  }

  private static Order order(
      Dataset dataset, ChunkSizes sizes, LoaderSettings settings, int epoch) {
    return dataset instanceof Mixture mixture && settings.shuffle()
        ? mixture.order(settings.seed(), epoch, settings.window())
        : new EpochOrder(sizes, settings.seed(), epoch, settings.window(), settings.shuffle());
  }

  /**
   * Waits for the next batch. At most {@code slots} batches exist: close one before asking for more
   * than that.
   *
   * @return null after the last epoch
   * @throws FacetException if too many samples are bad or the data cannot be read
   */
  public @Nullable Batch next() throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    rethrow(signals.failure());
    if (taken >= plan.batches()) {
      return null;
    }
    long batch = taken;
    Slot slot = ring[(int) (batch % ring.length)];
    counters.addBatch(complete());
    consumer.start();
    boolean ready =
        slot.isReady(batch) || signals.published.awaitInterruptibly(() -> slot.isReady(batch));
    consumer.lap(Stage.WAIT_BATCH);
    if (!ready) {
      rethrow(signals.failure());
      throw new IllegalStateException("the loader was closed while its consumer was waiting");
    }
    if (batch == plan.batches() - 1) {
      // Every sample has been made. Not when null is asked for, which training never does.
      bad.end(plan.begin(plan.firstEpoch()) == 0);
    }
    taken++;
    return new Batch(slot, plan.after(batch));
  }

  /** A snapshot of the counters; any thread may ask, at any time. */
  public LoaderStats stats() {
    return counters.snapshot(ThreadMemory.allocatedBy(threads));
  }

  /** Batches in one whole epoch of {@code samples} rows. */
  public static long batchesPerEpoch(long samples, LoaderSettings settings) {
    return settings.dropLast()
        ? samples / settings.batch()
        : Math.ceilDiv(samples, settings.batch());
  }

  /**
   * Ends all threads and frees the ring, batches not yet closed included. Threads are not
   * interrupted, which would close the files they share; each finishes its sample or chunk.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    signals.stop();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    try {
      reader.closeAll();
    } finally {
      arena.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Batches ready to be taken. */
  private int complete() {
    int complete = 0;
    for (long batch = taken; batch < taken + ring.length; batch++) {
      if (ring[(int) (batch % ring.length)].isReady(batch)) {
        complete++;
      }
    }
    return complete;
  }

  private void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case FacetException e -> throw e;
      case Error e -> throw e;
      case IOException e -> throw cannotRead(e);
      case UncheckedIOException e -> throw FacetException.run(String.valueOf(e.getMessage()), e);
      default -> throw new IllegalStateException("a loader thread failed: " + failure, failure);
    }
  }

  private FacetException cannotRead(IOException e) {
    return FacetException.run("cannot read " + dataset + ": " + e.getMessage(), e);
  }

  private static long imageBytes(ImageSettings images) {
    return (long) images.pixels().bytesPerPixel() * images.size() * images.size();
  }

  private static int threadCount(LoaderSettings settings) {
    return settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors();
  }

  private static void check(LoaderSettings settings, ImageSettings images, int contextLength) {
    require(settings.batch() > 0, "batch is " + settings.batch() + ", must be at least 1");
    require(settings.slots() > 0, "slots is " + settings.slots() + ", must be at least 1");
    require(settings.window() > 0, "window is " + settings.window() + ", must be at least 1");
    require(settings.threads() >= 0, "threads is " + settings.threads() + ", must be 0 or more");
    require(images.size() > 0, "image size is " + images.size() + ", must be at least 1");
    require(
        settings.rank() >= 0 && settings.rank() < settings.ranks(),
        "rank is " + settings.rank() + ", must be from 0 to ranks - 1 = " + (settings.ranks() - 1));
    require(
        settings.batch() % settings.ranks() == 0,
        "batch is %d, must be a multiple of ranks = %d"
            .formatted(settings.batch(), settings.ranks()));
    long perSample = Math.max(imageBytes(images), (long) Long.BYTES * contextLength);
    // A batch's pictures and its tokens each travel as one byte buffer.
    long most = Integer.MAX_VALUE / perSample * settings.ranks();
    require(
        settings.batch() <= most,
        "batch is %d, but with pictures of %dx%d pixels at most %d fit the 2 GiB of a batch: lower it"
            .formatted(settings.batch(), images.size(), images.size(), most));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw FacetException.usage(problem);
    }
  }
}
