package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.command.EvalRequest;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.RecallTable;
import dev.facet.loader.Dataset;
import dev.facet.loader.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelOptions;
import dev.facet.model.Preprocessing;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.train.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code facet eval}. */
final class EvalWork {
  private EvalWork() {}

  static void run(EvalRequest request, Console console) throws IOException, InterruptedException {
    Config config = request.config();
    Path folder = weights(request.model());
    Path out = request.out();
    int context = ModelDirectory.config(folder).contextLength();
    try (Dataset heldOut = Sources.heldOut(config.data());
        CaptionTokenizer tokenizer = CaptionTokenizer.open(tokenizer(config, folder), context);
        DualEncoder model =
            ModelDirectory.open(
                folder, ModelOptions.plain(config.model().device(), config.model().precision()));
        Quarantine quarantine =
            out == null ? Quarantine.none() : Quarantine.file(out.resolve(Results.QUARANTINE))) {
      Models.requireTokens(tokenizer, model.config(), folder);
      console.err().println("device: " + model.device());
      console.err().println("pictures: " + Loading.decoder(config));
      String otherwise = Models.otherResizing(config, folder);
      if (otherwise != null) {
        console.err().println(otherwise);
      }
      Preprocessing wanted = Models.preprocessing(config, folder);
      Scored scored =
          new Scoring(config, heldOut, tokenizer, wanted, quarantine, console).score(model);
      EvalSource source =
          new EvalSource(
              folder.toString(),
              config.data().name(),
              config.data().evalSplit(),
              Checkpoints.stepOf(folder));
      if (out != null) {
        Results.write(out, config, scored, heldOut, source);
      }
      if (request.json()) {
        console
            .out()
            .println(
                Json.PRETTY.writeValueAsString(EvalJson.of(scored.retrieval().result(), source)));
      } else {
        console.out().print(RecallTable.of(scored.retrieval().result()));
        if (out != null) {
          console.out().println("report  " + out.resolve(Results.REPORT));
        }
      }
    }
  }

  private static Path weights(EvalRequest.Weights weights) {
    return switch (weights) {
      case EvalRequest.Checkpoint checkpoint -> checkpoint.folder();
      case EvalRequest.BestOfRun run -> best(run.folder());
    };
  }

  private static Path best(Path run) {
    Path best = run.resolve("checkpoints").resolve(Checkpoints.BEST);
    if (!Files.isDirectory(best)) {
      throw FacetException.usage(
          run
              + " has no best checkpoint yet: it is kept at a run's first evaluation; score another"
              + " one with --checkpoint");
    }
    return best;
  }

  private static Path tokenizer(Config config, Path folder) {
    Path given = config.model().tokenizer();
    Path own = folder.resolve(ModelDirectory.TOKENIZER);
    return given != null && !Files.exists(own) ? given : own;
  }
}
