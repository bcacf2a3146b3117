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
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelDirectory;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
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
    try (Dataset heldOut = Sources.heldOut(config.data());
        CaptionTokenizer tokenizer = tokenizer(config, folder);
        DualEncoder model = Models.open(config.model(), folder);
        Quarantine quarantine =
            out == null ? Quarantine.none() : Quarantine.file(out.resolve(Results.QUARANTINE))) {
      Models.requireTokens(tokenizer, model.config(), folder);
      console.err().println("device: " + model.device());
      console.err().println("pictures: " + Loading.decoder(config));
      if (passedOver(config, folder)) {
        console
            .err()
            .println(
                "note: model.tokenizer %s is passed over: captions go through %s, which belongs to the weights"
                    .formatted(config.model().tokenizer(), tokenizer.file()));
      }
      String otherwise = Models.otherResizing(config, folder);
      if (otherwise != null) {
        console.err().println(otherwise);
      }
      console.err().println(Arithmetic.check(model, config, heldOut));
      Preprocessing wanted = Models.preprocessing(config, folder);
      Scored scored =
          new Scoring(config, heldOut, tokenizer, wanted, quarantine, console, () -> false)
              .score(model);
      EvalSource source =
          new EvalSource(
              folder.toString(),
              config.data().name(),
              config.data().evalSplit(),
              Checkpoints.stepOf(folder));
      if (out != null) {
        Results.write(out, config, scored, heldOut, wanted, source);
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

  /** The checkpoint's own, else the one that the config names. */
  private static CaptionTokenizer tokenizer(Config config, Path folder) throws IOException {
    Path given = config.model().tokenizer();
    TokenizerFiles files =
        TokenizerFiles.open(given != null && !TokenizerFiles.in(folder) ? given : folder);
    Architecture sizes = ModelDirectory.config(folder);
    CaptionCleanup cleanup = config.model().captionCleanup().or(files.cleanup(sizes.type()));
    return CaptionTokenizer.open(files, sizes.contextLength(), cleanup);
  }

  /**
   * Whether the config names another tokenizer than the checkpoint's own. A run's checkpoints hold
   * a copy of the one that its config names, which may have gone since.
   */
  private static boolean passedOver(Config config, Path folder) throws IOException {
    Path given = config.model().tokenizer();
    return given != null
        && TokenizerFiles.in(folder)
        && !(Files.exists(given)
            && TokenizerFiles.open(given)
                .tokenizer()
                .equals(TokenizerFiles.open(folder).tokenizer()));
  }
}
