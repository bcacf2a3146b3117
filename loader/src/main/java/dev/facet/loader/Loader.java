package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.order.EpochOrder;
import dev.facet.loader.order.MixtureOrder;
import dev.facet.loader.order.Order;
import dev.facet.loader.order.WindowLimit;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;
import dev.facet.loader.stats.ThreadMemory;
import dev.facet.loader.storage.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Streams batches of decoded, cropped pictures with tokenised captions.
 *
 * <p>Order, crops, colours and caption choice are pure functions of (seed, epoch, row): threads,
 * slots, ranks and restarts change nothing. A few threads open chunks a window ahead; workers take
 * samples by number and make them in a ring of batches; the consumer takes batches in order. When
 * the ring is full the workers sleep.
 *
 * <p>Where the machine fails, not the data (too many open files, a disk that is gone), they wait a
 * little and try again; if it goes on failing, the consumer is told.
 */
public final class Loader implements AutoCloseable {
  private final String dataset;
  private final BatchPlan plan;
  private final Counters counters = new Counters();
  private final StageClock consumer = counters.clock();
  private final RingSignals signals = new RingSignals();
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
      PictureInput pictures,
      TextEncoder text,
      Quarantine quarantine,
      Position start,
      Function<RingSignals, Patience.Pause> pauses) {
    this.dataset = dataset.name();
    ChunkSizes sizes = dataset.sizes();
    Patience patience = new Patience(pauses.apply(signals));
    plan = new BatchPlan(sizes.rows(), settings, start);
    bad = new BadSamples(this.dataset, settings.read().maxBadFraction(), counters, quarantine);
    ring = new Slot[settings.read().slots()];
    try {
      for (int i = 0; i < ring.length; i++) {
        ring[i] =
            new Slot(
                arena,
                signals,
                i,
                ring.length,
                plan.capacity(),
                pictures.bytes(),
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
            sizes,
            settings,
            plan,
            signals,
            patience,
            counters::clock,
            first);
    for (int i = 0; i < openers(settings); i++) {
      threads.add(Thread.ofPlatform().daemon().name("facet-loader-opener-" + i).unstarted(reader));
    }
    AtomicLong claims = new AtomicLong();
    for (int i = 0; i < settings.read().workers(); i++) {
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
              patience,
              () -> new SampleMaker(settings, pictures, text, counters, clock),
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
      PictureInput pictures,
      TextEncoder text,
      Quarantine quarantine,
      Position start) {
    return start(
        dataset,
        settings,
        pictures,
        text,
        quarantine,
        start,
        signals -> nanos -> signals.ended.pause(nanos));
  }

  /**
   * For tests that do not wait.
   *
   * @param pauses how threads wait before they try again
   */
  static Loader start(
      Dataset dataset,
      LoaderSettings settings,
      PictureInput pictures,
      TextEncoder text,
      Quarantine quarantine,
      Position start,
      Function<RingSignals, Patience.Pause> pauses) {
    check(settings, pictures, text.contextLength());
    Loader loader = new Loader(dataset, settings, pictures, text, quarantine, start, pauses);
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
    WindowLimit limit = limit(settings);
    return dataset instanceof Mixture mixture && settings.shuffle()
        ? new MixtureOrder(mixture.partSizes(), mixture.weights(), settings.seed(), epoch, limit)
        : new EpochOrder(sizes, settings.seed(), epoch, limit, settings.shuffle());
  }

  /** Of one window; the one after it is open at the same time. */
  private static WindowLimit limit(LoaderSettings settings) {
    return new WindowLimit(settings.read().window(), settings.read().windowBytes() / 2);
  }

  /** Threads that open chunks. */
  public static int openers(LoaderSettings settings) {
    return settings.read().openers() > 0
        ? settings.read().openers()
        : Math.clamp(settings.read().workers(), 2, 4);
  }

  /**
   * A number that changes when the order of the samples does: with the dataset's {@linkplain
   * Dataset#layout layout}, and, where chunks are so large that their bytes decide how many make a
   * window, with these bytes.
   */
  public static long layout(Dataset dataset, LoaderSettings settings) {
    long layout = dataset.layout();
    ChunkSizes sizes = dataset.sizes();
    if (settings.shuffle() && limit(settings).narrows(sizes)) {
      for (int chunk = 0; chunk < sizes.chunks(); chunk++) {
        layout = SampleRandom.mix(layout + sizes.bytes(chunk));
      }
    }
    return layout == 0 ? 1 : layout;
  }

  /** What a user should know of how these settings suit a dataset; usually nothing. */
  public static List<String> notes(Dataset dataset, LoaderSettings settings) {
    ChunkSizes sizes = dataset.sizes();
    if (!settings.shuffle() || !limit(settings).narrows(sizes)) {
      return List.of();
    }
    int windows = order(dataset, sizes, settings, 0).windows();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: one chunk takes up to %,d MB, so rows are mixed among about %.1f chunks at a time"
                + " instead of %d, to stay within data.window_bytes (%,d MB)",
            dataset.name(),
            sizes.mostBytes() >> 20,
            (double) sizes.chunks() / windows,
            settings.read().window(),
            settings.read().windowBytes() >> 20));
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

  private static void check(LoaderSettings settings, PictureInput pictures, int contextLength) {
    require(settings.batch() > 0, "batch is " + settings.batch() + ", must be at least 1");
    require(
        settings.read().slots() > 0,
        "data.slots is " + settings.read().slots() + ", must be at least 1");
    require(
        settings.read().window() > 0,
        "data.window is " + settings.read().window() + ", must be at least 1");
    require(
        settings.read().windowBytes() > 0,
        "data.window_bytes is " + settings.read().windowBytes() + ", must be at least 1");
    require(
        settings.read().openers() >= 0,
        "data.openers is " + settings.read().openers() + ", must be 0 or more");
    require(
        settings.read().threads() >= 0,
        "data.threads is " + settings.read().threads() + ", must be 0 or more");
    require(pictures.bytes() > 0, pictures.text() + " hold nothing");
    require(
        settings.rank() >= 0 && settings.rank() < settings.ranks(),
        "rank is " + settings.rank() + ", must be from 0 to ranks - 1 = " + (settings.ranks() - 1));
    require(
        settings.batch() % (settings.ranks() * settings.parts()) == 0,
        String.format(
            Locale.ROOT,
            "batch is %d, must be a multiple of ranks = %d times parts = %d",
            settings.batch(),
            settings.ranks(),
            settings.parts()));
    long perSample = Math.max(pictures.bytes(), (long) Long.BYTES * contextLength);
    // A batch's pictures and its tokens each travel as one byte buffer.
    long most = Integer.MAX_VALUE / perSample * settings.ranks() * settings.parts();
    require(
        settings.batch() <= most,
        String.format(
            Locale.ROOT,
            "batch is %d, but with %s at most %d fit the 2 GiB of a batch:"
                + " set train.micro_batch or lower train.batch, or lower eval.batch where an"
                + " evaluation says this",
            settings.batch(),
            pictures.text(),
            most));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw FacetException.usage(problem);
    }
  }
}
