package dev.facet.loader.bench;

import dev.facet.loader.Batch;
import dev.facet.loader.Datasets;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Position;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.LoaderStats;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Streams samples in a process of its own, whose heap has one size, and prints what it used: four
 * lines {@code rss BYTES} with the mean resident memory of each quarter, and {@code allocated N},
 * heap bytes per sample over the second half.
 */
final class SteadyRun {
  private static final int BATCH = 64;

  private SteadyRun() {}

  public static void main(String[] args) throws InterruptedException {
    long batches = Long.parseLong(args[1]) / BATCH;
    LoaderSettings settings =
        LoaderSettings.training(
            BATCH, Integer.MAX_VALUE, 1, new ReadSettings(2, 4, 4, 1L << 30, 0, 0.01));
    try (Dataset dataset = Datasets.open(Path.of(args[0]), "train");
        Loader loader =
            Loader.start(
                dataset,
                settings,
                BenchSetup.IMAGES,
                BenchSetup.NO_TEXT,
                Quarantine.none(),
                Position.START)) {
      long own = 0;
      LoaderStats half = loader.stats();
      for (int quarter = 0; quarter < 4; quarter++) {
        double resident = 0;
        long looks = 0;
        if (quarter == 2) {
          half = loader.stats();
          own = 0;
        }
        for (long i = quarter * batches / 4; i < (quarter + 1) * batches / 4; i++) {
          long before = Meter.allocatedBytes();
          try (Batch batch = loader.next()) {
            if (batch == null || batch.size() != BATCH) {
              throw new IllegalStateException("a batch is not whole");
            }
          }
          own += Meter.allocatedBytes() - before;
          if (i % 16 == 0) {
            resident += Meter.residentBytes();
            looks++;
          }
        }
        System.out.printf(Locale.ROOT, "rss %.0f%n", resident / looks);
      }
      LoaderStats interval = loader.stats().since(half);
      System.out.printf(
          Locale.ROOT,
          "allocated %.1f%n",
          (interval.allocatedBytes() + own) / (double) interval.samples());
    }
  }
}
