package dev.facet.loader.bench;

import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.loader.stats.Stage;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Says in one sentence what holds a loader back and which setting to change.
 *
 * <p>A loader is a pipe, and whoever in it never waits is the limit. Workers that wait for memory
 * have a slow consumer before them; workers that wait for chunks have a slow reader behind them;
 * else it is what the workers themselves spend most time on. If that is reading and processor time
 * is left over, they wait for storage.
 */
final class Bottleneck {
  /** Share of the processor from which on more threads would find little left to use. */
  private static final double BUSY = 0.7;

  private final PictureInput input;
  private final LoaderStats stats;
  private final int threads;
  private final int cores;
  private final double cpuShare;

  private Bottleneck(
      PictureInput input, LoaderStats stats, int threads, int cores, double cpuShare) {
    this.input = input;
    this.stats = stats;
    this.threads = threads;
    this.cores = cores;
    this.cpuShare = cpuShare;
  }

  /**
   * The sentence.
   *
   * @param input what is made of pictures
   * @param interval of at least several batches
   * @param threads worker threads
   * @param cores processors of this machine
   * @param cpuShare processor time of the process / (wall clock x cores)
   * @return a sentence with a full stop
   */
  static String of(
      PictureInput input, LoaderStats interval, int threads, int cores, double cpuShare) {
    return new Bottleneck(input, interval, threads, cores, cpuShare).sentence();
  }

  /** A stage's share of the time of the {@code threads} that it belongs to. */
  static double share(LoaderStats interval, Stage stage, int threads) {
    double time = interval.nanos() * (double) threads;
    return time == 0 ? 0 : interval.stage(stage).nanos() / time;
  }

  private String sentence() {
    if (stats.samples() == 0) {
      return "No sample was made, so there is nothing to judge: measure for longer.";
    }
    double slot = share(Stage.WAIT_SLOT);
    double idle = share(Stage.WAIT_BATCH);
    if (slot > 0.25 && idle > 0.25) {
      return String.format(
          Locale.ROOT,
          "The ring is too small: the workers waited %.0f%% of their time for the consumer and the"
              + " consumer %.0f%% for the workers; raise data.slots.",
          100 * slot,
          100 * idle);
    }
    if (slot > 0.05 && slot > idle) {
      return String.format(
          Locale.ROOT,
          "The consumer is the limit: the workers waited for it %.0f%% of their time, and the"
              + " loader could deliver about %,.0f images/s instead of %,.0f; no data setting would"
              + " help.",
          100 * slot,
          stats.samplesPerSecond() / Math.max(0.01, 1 - slot),
          stats.samplesPerSecond());
    }
    Stage most = most();
    return switch (most) {
      case WAIT_CHUNKS ->
          String.format(
              Locale.ROOT,
              "Opening chunks is the limit: the workers waited for the threads that open them"
                  + " %.0f%% of their time (%s a chunk); raise data.openers so that more are read"
                  + " at once, or use a faster disk or shards of smaller row groups.",
              100 * share(most),
              typical(Stage.OPEN));
      case READ -> reading();
      case TRANSFORM ->
          switch (input) {
            case ImageSettings _ ->
                working(
                    "Cropping and varying",
                    most,
                    "take operations that need all pixels out of the augment list");
            case VectorSettings _ ->
                working(
                    "Scaling vectors",
                    most,
                    "set model.vectors.normalise to false if they have length 1 as they are");
          };
      case TEXT ->
          working(
              "Encoding captions",
              most,
              "set data.stored_tokens to true, or lower model.context_length");
      default ->
          working(
              "Decoding",
              most,
              "store smaller pictures (twice the model's image size is plenty), or install"
                  + " libturbojpeg 3 if the log names another decoder");
    };
  }

  private Stage most() {
    Stage work =
        Stream.of(Stage.WAIT_CHUNKS, Stage.READ, Stage.DECODE, Stage.TRANSFORM, Stage.TEXT)
            .max(Comparator.comparingDouble(this::share))
            .orElseThrow();
    // Threads that spend a good part of their time asleep in reads leave cores idle for no reason.
    return work != Stage.WAIT_CHUNKS && cpuShare < BUSY && share(Stage.READ) > 0.3
        ? Stage.READ
        : work;
  }

  private String reading() {
    String cost =
        String.format(
            Locale.ROOT,
            "the threads spent %.0f%% of their time reading (%s a picture)",
            100 * share(Stage.READ),
            typical(Stage.READ));
    if (cpuShare < BUSY) {
      return String.format(
          Locale.ROOT,
          "Storage is the limit: %s while %.0f%% of the processor was idle; raise data.threads (now"
              + " %d) so that more reads overlap, or use a faster disk or shards.",
          cost,
          100 * Math.max(0, 1 - cpuShare),
          threads);
    }
    return String.format(
        Locale.ROOT,
        "Reading is the limit: %s and the processor is busy; pack the pictures into shards or"
            + " uncompressed tars, which are read in large pieces without unpacking.",
        cost);
  }

  private String working(String what, Stage stage, String cure) {
    String cost =
        String.format(
            Locale.ROOT,
            "%s is the limit: %.0f%% of the threads' time (%s a picture)",
            what,
            100 * share(stage),
            typical(stage));
    if (isStarved()) {
      return String.format(
          Locale.ROOT,
          "%s, and other programs hold the cores (this process got %.0f%% of %d); stop them.",
          cost,
          100 * cpuShare,
          cores);
    }
    return threads < cores && cpuShare < BUSY
        ? String.format(
            Locale.ROOT,
            "%s while cores are idle; raise data.threads from %d to %d.",
            cost,
            threads,
            cores)
        : String.format(
            Locale.ROOT, "%s on %d threads for %d cores; %s.", cost, threads, cores, cure);
  }

  /** Whether threads that never sleep got far less processor time than they could have used. */
  private boolean isStarved() {
    double work = share(Stage.DECODE) + share(Stage.TRANSFORM) + share(Stage.TEXT);
    return cpuShare * cores < 0.6 * work * Math.min(threads, cores);
  }

  private String typical(Stage stage) {
    return String.format(
        Locale.ROOT,
        "p50 %s ms, p95 %s ms",
        millis(stats.stage(stage).quantile(0.5)),
        millis(stats.stage(stage).quantile(0.95)));
  }

  private static String millis(double nanos) {
    return String.format(
        Locale.ROOT, nanos < 1e6 ? "%.2g" : nanos < 1e8 ? "%.1f" : "%,.0f", nanos / 1e6);
  }

  private double share(Stage stage) {
    return share(stats, stage, stage.who() == Stage.Who.WORKERS ? threads : 1);
  }
}
