package dev.facet.cli.work;

import dev.facet.base.Json;
import dev.facet.cli.command.LoaderBenchRequest;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.loader.Dataset;
import dev.facet.loader.Datasets;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.bench.BenchPlan;
import dev.facet.loader.bench.BenchResult;
import dev.facet.loader.bench.LoaderBench;
import dev.facet.model.Preprocessing;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Locale;

/** {@code facet bench loader}: the loader with nothing behind it. */
final class BenchWork {
  private static final int WARM_UP_SECONDS = 4;

  private BenchWork() {}

  static void run(LoaderBenchRequest request, Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    int size =
        config.model().imageSize() == null
            ? config.model().preset().imageSize()
            : config.model().imageSize();
    try (Dataset dataset = Datasets.open(config.data().root(), config.data().trainSplit())) {
      List<BenchResult> results =
          new LoaderBench(
                  dataset,
                  Loading.training(config),
                  Loading.varied(config, Preprocessing.clip(size)),
                  noText())
              .run(
                  new BenchPlan(
                      List.of(config.data().workers()), 1, WARM_UP_SECONDS, request.seconds()));
      BenchResult result = results.getLast();
      console
          .out()
          .println(request.json() ? Json.PRETTY.writeValueAsString(result) : text(config, result));
    }
  }

  private static String text(Config config, BenchResult result) {
    StringBuilder stages = new StringBuilder();
    result
        .stages()
        .forEach(
            (stage, figures) ->
                stages.append(
                    String.format(
                        Locale.ROOT,
                        "%-12s %4.0f%% p50 %.3f ms, p95 %.3f ms%n",
                        stage,
                        100 * figures.share(),
                        figures.p50Ms(),
                        figures.p95Ms())));
    return String.format(
        Locale.ROOT,
        "%,.0f images/s (%.1f MB/s read), %d threads on %d cores (%.0f%% busy), batches of %d%n"
            + "%speak memory %,d MB, %,.0f bytes of heap per sample, %,d samples skipped%n%s",
        result.imagesPerSecond(),
        result.bytesPerSecond() / 1e6,
        result.threads(),
        result.cores(),
        100 * result.cpuShare(),
        config.train().batch(),
        stages,
        result.peakRssBytes() >> 20,
        result.allocatedBytesPerSample(),
        result.skippedTotal(),
        result.bottleneck());
  }

  /** Text costs little and needs a vocabulary that the data alone does not give. */
  private static TextEncoder noText() {
    return new TextEncoder() {
      @Override
      public int contextLength() {
        return 0;
      }

      @Override
      public void encode(String caption, LongBuffer ids) {
        throw new IllegalStateException("no tokens were asked for");
      }
    };
  }
}
