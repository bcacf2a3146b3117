package dev.facet.loader;

import org.jspecify.annotations.Nullable;

/**
 * Streams batches of decoded, cropped pictures with tokenised captions.
 *
 * <p>Order, crops, colours and caption choice are pure functions of (seed, epoch, row): threads,
 * slots and restarts change nothing.
 */
public final class Loader implements AutoCloseable {
  private Loader() {}

  /**
   * Starts the threads; the first batch is the one that follows {@code start}. The dataset must
   * stay open until this loader is closed.
   *
   * @throws dev.facet.base.FacetException for settings that cannot work, such as a dataset smaller
   *     than a batch with {@code dropLast}
   */
  public static Loader start(
      Dataset dataset,
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      Quarantine quarantine,
      Position start) {
    return new Loader();
  }

  /**
   * Waits for the next batch.
   *
   * @return null after the last epoch
   * @throws dev.facet.base.FacetException if too many samples are bad or the data cannot be read
   */
  public @Nullable Batch next() throws InterruptedException {
    return null;
  }

  /** A snapshot of the counters. */
  public LoaderStats stats() {
    return new LoaderStats(0, java.util.Map.of(), 0, 0, 0, 0, 0, 0);
  }

  /** Batches in one whole epoch of {@code samples} rows. */
  public static long batchesPerEpoch(long samples, LoaderSettings settings) {
    return settings.dropLast()
        ? samples / settings.batch()
        : Math.ceilDiv(samples, settings.batch());
  }

  /** Ends all threads and frees the ring, batches not yet closed included. */
  @Override
  public void close() {}
}
