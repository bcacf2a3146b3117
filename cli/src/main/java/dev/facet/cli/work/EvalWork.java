package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.label.LabelAnswers;
import dev.facet.cli.label.LabelQuestions;
import dev.facet.cli.label.LabelSource;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.Coverage;
import dev.facet.eval.label.LabelReader;
import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.report.ComparisonJson;
import dev.facet.eval.report.ComparisonTable;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.RecallTable;
import dev.facet.eval.report.Sweep;
import dev.facet.eval.zeroshot.PromptSet;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.train.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code facet eval}. */
final class EvalWork {
  private EvalWork() {}

  static void run(EvalRequest request, Console console) throws IOException, InterruptedException {
    while (!score(request, console)) {
      console
          .err()
          .println("note: training has just put a better model in place; reading that one");
    }
  }

  /** Returns false if the checkpoint became another while it was read. */
  private static boolean score(EvalRequest request, Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    Requirements required = new Requirements(request.required());
    Path before = request.baseline();
    Baseline baseline = before == null ? null : Baseline.of(before, config);
    PromptSet prompts = LabelQuestions.prompts(request.labels());
    try (Dataset heldOut = heldOut(request, prompts)) {
      LabelQuestions labels =
          LabelQuestions.read(request.labels(), prompts, source(request, heldOut, console));
      required.requireKnown(config, baseline != null, labels);
      if (!request.labels().by().isEmpty()) {
        console
            .err()
            .println(
                "groups are those of the queries; what they are searched among is the whole set");
      }
      return score(request, heldOut, labels, required, baseline, console);
    }
  }

  /** The data, whose fields that are asked for are labels unless these have a file of their own. */
  private static Dataset heldOut(EvalRequest request, @Nullable PromptSet prompts) {
    return Sources.heldOut(
        request.config().data(),
        request.labels().file() == null
            ? LabelQuestions.names(request.labels(), prompts)
            : List.of());
  }

  private static LabelSource source(EvalRequest request, Dataset heldOut, Console console)
      throws IOException {
    Path file = request.labels().file();
    return file == null
        ? new LabelSource.OfData(heldOut)
        : new LabelSource.OfFile(file, LabelReader.ids(heldOut), console.err());
  }

  private static boolean score(
      EvalRequest request,
      Dataset heldOut,
      LabelQuestions labels,
      Requirements required,
      @Nullable Baseline baseline,
      Console console)
      throws IOException, InterruptedException {
    Config config = request.config();
    Path folder = weights(request.model());
    Path out = request.out();
    long step = Checkpoints.stepOf(folder);
    ResultFiles files = out == null ? null : ResultFiles.of(out, config, folder);
    try (CaptionTokenizer tokenizer = tokenizer(config, folder);
        DualEncoder model = Models.open(config.model(), folder)) {
      Models.requireTokens(tokenizer, model.config(), folder);
      Seen seen = Seen.of(config, folder, heldOut);
      if (Checkpoints.stepOf(folder) != step) {
        return false;
      }
      UsableRows.require(heldOut, seen.plain(config));
      console.err().println("device: " + model.device());
      console.err().println("pictures: " + seen.decoder(config));
      heldOut.notes().forEach(note -> console.err().println("note: " + note));
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
      Scored scored;
      try (FirstExamples quarantine = new FirstExamples(quarantine(files))) {
        try {
          scored =
              new Scoring(config, heldOut, tokenizer, seen, quarantine, console, () -> false)
                  .score(model);
        } finally {
          tell(quarantine, console);
        }
        if (files != null && !files.own() && quarantine.examples().isEmpty()) {
          Files.deleteIfExists(files.quarantine()); // nobody needs an empty one
        }
      }
      EvalSource source =
          new EvalSource(
              folder.toString(),
              config.data().name(),
              config.data().evalSplit(),
              step,
              Evaluated.of(config, folder).identity());
      Evaluation evaluation = config.eval().evaluation(scored.retrieval(), config.seed());
      Coverage coverage = scored.embeddings().coverage();
      ObjectNode figures = EvalJson.of(evaluation, coverage, source);
      Comparison comparison = baseline == null ? null : baseline.compare(scored, config);
      if (comparison != null) {
        figures.set(Baseline.KEY, ComparisonJson.of(comparison));
      }
      LabelAnswers answers =
          labels.answer(
              scored.embeddings(),
              scored.retrieval(),
              new LabelQuestions.TextModel(model, tokenizer),
              config);
      answers.addTo(figures);
      Sweep sweep =
          request.blend().isEmpty()
              ? null
              : BlendWork.sweep(request, folder, heldOut, tokenizer, seen, scored, console);
      if (sweep != null) {
        figures.set(BlendWork.KEY, sweep.json());
      }
      if (files != null) {
        Results.write(
            files,
            new Results.Shown(
                config,
                InEffect.trained(folder),
                scored,
                evaluation,
                answers,
                sweep,
                heldOut,
                seen,
                model,
                source),
            figures);
      }
      if (request.json()) {
        console.out().println(Json.PRETTY.writeValueAsString(figures));
      } else {
        console.out().print(RecallTable.of(evaluation, coverage));
        answers.print(console.out());
        if (sweep != null) {
          console.out().println();
          console.out().println(sweep.about());
          console.out().print(sweep.table());
        }
        if (comparison != null) {
          console.out().println();
          console.out().println("beside " + request.baseline());
          console.out().print(ComparisonTable.of(comparison));
        }
      }
      if (files != null) {
        PrintWriter lines = request.json() ? console.err() : console.out();
        lines.println("figures  " + files.json());
        lines.println("report   " + files.report());
      }
      required.check(figures);
    }
    return true;
  }

  /** A run's own goes on; any other holds what this evaluation met. */
  private static Quarantine quarantine(@Nullable ResultFiles files) throws IOException {
    if (files == null) {
      return Quarantine.none();
    }
    if (!files.own()) {
      Files.deleteIfExists(files.quarantine());
    }
    return Quarantine.file(files.quarantine());
  }

  private static void tell(FirstExamples quarantine, Console console) {
    if (quarantine.examples().isEmpty()) {
      return;
    }
    console.err().println("rows that cannot be used; the first:");
    quarantine.examples().forEach(example -> console.err().println("  " + example));
    Path file = quarantine.path();
    console
        .err()
        .println(
            file == null ? "with --out, all are listed in a file" : "all are listed in " + file);
  }

  /** The folder that the weights are in. */
  static Path weights(EvalRequest.Weights weights) {
    return switch (weights) {
      case EvalRequest.Checkpoint checkpoint -> checkpoint.folder();
      case EvalRequest.BestOfRun run -> best(run.folder());
    };
  }

  private static Path best(Path run) {
    Path best = run.resolve(Checkpoints.FOLDER).resolve(Checkpoints.BEST);
    if (!Files.isDirectory(best)) {
      throw FacetException.usage(
          run
              + " has no best checkpoint yet: it is kept at a run's first evaluation; score another"
              + " one with --checkpoint");
    }
    return best;
  }

  /** The checkpoint's own, else the one that the config names. */
  static CaptionTokenizer tokenizer(Config config, Path folder) throws IOException {
    Path given = config.model().tokenizer();
    TokenizerFiles files =
        TokenizerFiles.open(given != null && !TokenizerFiles.in(folder) ? given : folder);
    Architecture sizes = ModelDirectory.config(folder);
    CaptionCleanup cleanup = config.model().captionCleanup().or(sizes.captionCleanup(files));
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
