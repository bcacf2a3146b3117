package dev.facet.cli.work;

import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EvalRequest;
import dev.facet.eval.report.Sweep;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code facet eval --blend}: scores weights between the start of a run and its checkpoint. */
final class BlendWork {
  private BlendWork() {}

  /**
   * Scores each share and tells all.
   *
   * @param folder the checkpoint
   */
  static void run(EvalRequest request, Path folder, Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    StartWeights start = StartWeights.of(folder, request.start());
    List<Sweep.Point> points = new ArrayList<>();
    try (Dataset heldOut = Sources.heldOut(config.data());
        CaptionTokenizer tokenizer = EvalWork.tokenizer(config, folder)) {
      Seen seen = Seen.of(config, folder, heldOut);
      UsableRows.require(heldOut, seen.plain(config));
      for (double share : request.blend()) {
        try (DualEncoder model = Models.open(config.model(), folder)) {
          if (points.isEmpty()) {
            Models.requireTokens(tokenizer, model.config(), folder);
            console.err().println("device: " + model.device());
            console.err().println(Arithmetic.check(model, config, heldOut));
          }
          ModelOptions options =
              ModelOptions.plain(config.model().device(), config.model().precision());
          start.blend(model, options, share);
          Scoring scoring =
              new Scoring(
                  config, heldOut, tokenizer, seen, Quarantine.none(), console, () -> false);
          points.add(new Sweep.Point(share, scoring.score(model).retrieval().result()));
        }
      }
    }
    tell(request, folder, start, points, console);
  }

  private static void tell(
      EvalRequest request,
      Path folder,
      StartWeights start,
      List<Sweep.Point> points,
      Console console)
      throws IOException {
    Config config = request.config();
    Sweep sweep =
        new Sweep(
            String.valueOf(folder),
            "Weights between %s (share 0) and %s (share 1), on split %s of %s"
                .formatted(start.images(), folder, config.data().evalSplit(), config.data().name()),
            points);
    String json = Json.PRETTY.writeValueAsString(sweep.json());
    Path out = request.out();
    console.out().print(request.json() ? json + System.lineSeparator() : sweep.table());
    if (out != null) {
      String split = config.data().evalSplit().replaceAll("[^\\p{L}\\p{N}._-]", "_");
      Path page = out.resolve("blend-" + split + ".html");
      Path figures = out.resolve("blend-" + split + ".json");
      Staged.write(figures, json + "\n");
      sweep.write(page);
      PrintWriter lines = request.json() ? console.err() : console.out();
      lines.println("figures  " + figures);
      lines.println("report   " + page);
    }
  }
}
