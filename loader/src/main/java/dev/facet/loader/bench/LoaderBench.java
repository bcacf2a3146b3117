package dev.facet.loader.bench;

import dev.facet.base.FacetException;
import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Position;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.bench.BenchResult.StageFigures;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measures how fast batches come when the consumer does nothing with them. */
public final class LoaderBench {
  /** What is done with a batch: nothing, but tests plant a slow one. */
  interface Consumer {
    void take(Batch batch);
  }

  private final Dataset dataset;
  private final LoaderSettings settings;
  private final PictureInput images;
  private final TextEncoder text;
  private final Consumer consumer;

  /**
   * @param settings how batches are made; threads, epochs and start do not matter: each run begins
   *     at the first epoch and reads as many as its time takes
   */
  public LoaderBench(
      Dataset dataset, LoaderSettings settings, PictureInput images, TextEncoder text) {
    this(dataset, settings, images, text, batch -> {});
  }

  LoaderBench(
      Dataset dataset,
      LoaderSettings settings,
      PictureInput images,
      TextEncoder text,
      Consumer consumer) {
    this.dataset = dataset;
    this.settings = settings;
    this.images = images;
    this.text = text;
    this.consumer = consumer;
  }

  /** The median run, by images per second, for each number of threads. */
  public List<BenchResult> run(BenchPlan plan) throws InterruptedException {
    List<List<BenchResult>> measured = new ArrayList<>();
    plan.threads().forEach(threads -> measured.add(new ArrayList<>()));
    for (int run = 0; run < plan.runs(); run++) {
      for (int i = 0; i < measured.size(); i++) {
        measured.get(i).add(once(plan.threads().get(i), plan));
      }
    }
    return measured.stream().map(LoaderBench::median).toList();
  }

  private static BenchResult median(List<BenchResult> runs) {
    runs.sort(Comparator.comparingDouble(BenchResult::imagesPerSecond));
    return runs.get((runs.size() - 1) / 2);
  }

  private BenchResult once(int wanted, BenchPlan plan) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = wanted > 0 ? wanted : cores;
    try (Loader loader =
        Loader.start(dataset, endless(threads), images, text, Quarantine.none(), Position.START)) {
      consume(loader, plan.warmupSeconds());
      LoaderStats before = loader.stats();
      long cpu = Meter.cpuNanos();
      long own = Meter.allocatedBytes();
      long begin = System.nanoTime();
      long delivered = consume(loader, plan.seconds());
      double seconds = (System.nanoTime() - begin) / 1e9;
      double cpuShare = (Meter.cpuNanos() - cpu) / 1e9 / (seconds * cores);
      own = Meter.allocatedBytes() - own;
      LoaderStats interval = loader.stats().since(before);
      return new BenchResult(
          threads,
          cores,
          plan.warmupSeconds(),
          seconds,
          delivered,
          delivered / seconds,
          interval.bytesPerSecond(),
          cpuShare,
          Meter.peakResidentBytes(),
          (interval.allocatedBytes() + own) / (double) Math.max(1, interval.samples()),
          interval.ringOccupancy(),
          settings.read().slots(),
          stages(interval, endless(threads)),
          skipped(interval),
          Bottleneck.of(images, interval, threads, cores, cpuShare));
    }
  }

  /** Takes batches for a while, at least one; returns how many samples they had. */
  private long consume(Loader loader, double seconds) throws InterruptedException {
    long begin = System.nanoTime();
    long delivered = 0;
    do {
      try (@Nullable Batch batch = loader.next()) {
        if (batch == null) {
          throw FacetException.usage(
              dataset.name()
                  + " ends before the measurement does: it has "
                  + dataset.size()
                  + " rows; take a larger one, or a smaller train.batch");
        }
        delivered += batch.size();
        consumer.take(batch);
      }
    } while (System.nanoTime() - begin < seconds * 1e9);
    return delivered;
  }

  private static Map<String, StageFigures> stages(LoaderStats interval, LoaderSettings running) {
    Map<String, StageFigures> stages = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      Timing timing = interval.stage(stage);
      stages.put(
          stage.key(),
          new StageFigures(
              timing.count(),
              Bottleneck.share(interval, stage, threads(stage, running)),
              timing.quantile(0.5) / 1e6,
              timing.quantile(0.95) / 1e6));
    }
    return stages;
  }

  /** How many threads have this stage. */
  private static int threads(Stage stage, LoaderSettings running) {
    return switch (stage.who()) {
      case WORKERS -> running.read().workers();
      case OPENERS -> Loader.openers(running);
      case CONSUMER -> 1;
    };
  }

  private static Map<String, Long> skipped(LoaderStats interval) {
    Map<String, Long> skipped = new TreeMap<>();
    interval
        .bad()
        .forEach((reason, count) -> skipped.put(reason.name().toLowerCase(Locale.ROOT), count));
    return skipped;
  }

  private LoaderSettings endless(int threads) {
    return settings.with(Integer.MAX_VALUE, threads);
  }
}
