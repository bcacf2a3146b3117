package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.command.LoaderBenchRequest;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.loader.Dataset;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.bench.LoaderBench;
import dev.facet.model.Preprocessing;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Locale;
import java.util.Map;

/** {@code facet bench loader}: the loader with nothing behind it. */
final class BenchWork {
  private static final int WARM_UP_SECONDS = 4;

  private static final Map<String, String> ADVICE =
      Map.of(
          "reading", "a faster disk or shards of their own would help",
          "decoding", "raise data.threads while cores are idle, or store smaller pictures",
          "cropping and resampling", "raise data.threads while cores are idle");

  private BenchWork() {}

  static void run(LoaderBenchRequest request, Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    int size =
        config.model().imageSize() == null
            ? config.model().preset().imageSize()
            : config.model().imageSize();
    try (Dataset dataset = Sources.training(config.data())) {
      LoaderBench.Result result =
          LoaderBench.run(
              dataset,
              Loading.training(config),
              Loading.varied(config, Preprocessing.clip(size), request.pixels()),
              noText(),
              WARM_UP_SECONDS,
              request.seconds());
      console.out().println(request.json() ? json(config, result) : text(config, size, result));
    }
  }

  private static String text(Config config, int size, LoaderBench.Result result) {
    return String.format(
        Locale.ROOT,
        "%,.0f images/s (%.1f MB/s read) at %d x %d pixels, %d threads, batches of %d%n"
            + "work: read %.0f%%, decode %.0f%%, transform %.0f%%%n"
            + "peak memory %,d MB, %,d samples skipped%n"
            + "The threads spend most of their time on %s: %s.",
        result.imagesPerSecond(),
        result.bytesPerSecond() / 1e6,
        size,
        size,
        config.data().workers(),
        config.train().batch(),
        100 * result.readShare(),
        100 * result.decodeShare(),
        100 * result.transformShare(),
        result.peakBytes() >> 20,
        result.skipped(),
        bottleneck(result),
        ADVICE.get(bottleneck(result)));
  }

  private static String bottleneck(LoaderBench.Result result) {
    double most =
        Math.max(result.readShare(), Math.max(result.decodeShare(), result.transformShare()));
    if (most == result.readShare()) {
      return "reading";
    }
    return most == result.decodeShare() ? "decoding" : "cropping and resampling";
  }

  private static String json(Config config, LoaderBench.Result result) throws IOException {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("images_per_second", result.imagesPerSecond());
    json.put("threads", config.data().workers());
    json.put("bytes_per_second", result.bytesPerSecond());
    json.put("peak_rss_bytes", result.peakBytes());
    json.put("skipped", result.skipped());
    ObjectNode stages = json.putObject("stages");
    stages.put("read", result.readShare());
    stages.put("decode", result.decodeShare());
    stages.put("transform", result.transformShare());
    stages.put("text", result.textShare());
    return Json.PRETTY.writeValueAsString(json);
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
