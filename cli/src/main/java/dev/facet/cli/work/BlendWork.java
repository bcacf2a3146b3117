package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.report.Sweep;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code facet eval --blend}: scores weights between the start of a run and its checkpoint too. */
final class BlendWork {
  private BlendWork() {}

  /** Where the shares stand in {@code eval.json}. */
  static final String KEY = "blend";

  /**
   * Scores each share.
   *
   * @param folder the checkpoint
   * @param whole what the checkpoint itself came to, which is share 1
   */
  static Sweep sweep(
      EvalRequest request,
      Path folder,
      Dataset heldOut,
      CaptionTokenizer tokenizer,
      Seen seen,
      Scored whole,
      Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    StartWeights start = StartWeights.of(folder, request.start());
    ModelOptions options = ModelOptions.plain(config.model().device(), config.model().precision());
    Scoring scoring =
        new Scoring(config, heldOut, tokenizer, seen, Quarantine.none(), console, () -> false);
    List<Sweep.Point> points = new ArrayList<>();
    for (double share : request.blend()) {
      if (share == 1) {
        points.add(new Sweep.Point(share, whole.retrieval().result()));
        continue;
      }
      try (DualEncoder model = Models.open(config.model(), folder)) {
        start.blend(model, options, share);
        points.add(new Sweep.Point(share, scoring.score(model).retrieval().result()));
      }
    }
    return new Sweep(
        "Weights between %s (share 0) and %s (share 1), on split %s of %s"
            .formatted(start.images(), folder, config.data().evalSplit(), config.data().name()),
        points);
  }
}
