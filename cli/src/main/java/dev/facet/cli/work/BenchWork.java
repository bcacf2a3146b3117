package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.LoaderBenchRequest;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.bench.BenchPlan;
import dev.facet.loader.bench.BenchResult;
import dev.facet.loader.bench.LoaderBench;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.UsableRows;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.List;

/** {@code facet bench loader}: the loader with nothing behind it. */
final class BenchWork {
  private static final int WARM_UP_SECONDS = 4;

  private BenchWork() {}

  static void run(LoaderBenchRequest request, Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    PictureInput pictures;
    List<BenchResult> results;
    int contextLength;
    try (Dataset dataset = Sources.open(config.data(), request.split());
        CaptionTokenizer tokenizer = Vocabulary.given(config.model());
        TextEncoder text =
            tokenizer == null
                ? noText()
                : CaptionIds.of(
                    config, dataset, request.split(), tokenizer, console, () -> false)) {
      contextLength = text.contextLength();
      pictures =
          switch (Seen.of(config, dataset)) {
            case Seen.Pixels pixels -> Loading.varied(config, pixels.wanted(), request.pixels());
            case Seen.Vectors vectors -> vectors.varied(config);
          };
      UsableRows.require(dataset, pictures);
      LoaderBench bench = new LoaderBench(dataset, Loading.training(config), pictures, text);
      results =
          bench.run(
              new BenchPlan(request.threads(), request.runs(), WARM_UP_SECONDS, request.seconds()));
    }
    BenchReport report = new BenchReport(results, pictures, contextLength, config.train().batch());
    console.out().println(request.json() ? report.json() : report.text());
  }

  /** Where no config names a tokenizer: the data alone gives no vocabulary. */
  static TextEncoder noText() {
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
