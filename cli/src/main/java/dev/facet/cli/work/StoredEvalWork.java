package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.label.LabelAnswers;
import dev.facet.cli.label.LabelQuestions;
import dev.facet.cli.label.LabelSource;
import dev.facet.cli.request.LabelRequest;
import dev.facet.cli.request.StoredEvalRequest;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.HeldOut;
import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.RanksFile;
import dev.facet.eval.report.ComparisonJson;
import dev.facet.eval.report.ComparisonTable;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.RecallTable;
import dev.facet.eval.retrieval.RankingWork;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.stored.EmbedManifest;
import dev.facet.eval.stored.StoredEmbeddings;
import dev.facet.eval.stored.WorkFolder;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code facet eval --embeddings}: figures of stored vectors, with no model. */
final class StoredEvalWork {
  private StoredEvalWork() {}

  static void run(StoredEvalRequest request, Console console) throws IOException {
    Path text = request.textModel();
    if (text == null) {
      run(request, null, console);
      return;
    }
    Config config = request.config();
    try (CaptionTokenizer tokenizer = EvalWork.tokenizer(config, text);
        DualEncoder model = Models.open(config.model(), text)) {
      Models.requireTokens(tokenizer, model.config(), text);
      run(request, new LabelQuestions.TextModel(model, tokenizer), console);
    }
  }

  private static void run(
      StoredEvalRequest request, LabelQuestions.@Nullable TextModel text, Console console)
      throws IOException {
    Config config = request.config();
    Requirements required = new Requirements(request.required());
    Path before = request.baseline();
    Baseline baseline = before == null ? null : Baseline.of(before, config);
    Path folder = request.embeddings();
    EmbedManifest manifest = StoredEmbeddings.manifest(folder);
    LabelQuestions labels = labels(request, console);
    required.requireKnown(config, baseline != null, labels);
    Path out = request.out();
    ResultFiles files = out == null ? null : ResultFiles.of(out, config, folder);
    ObjectNode figures;
    try (WorkFolder kept = WorkFolder.open(request.work())) {
      Scored scored = scored(folder, manifest, config, kept, console);
      figures = results(request, manifest, labels, text, baseline, files, scored, console);
      kept.done();
    }
    required.check(figures);
  }

  private static ObjectNode results(
      StoredEvalRequest request,
      EmbedManifest manifest,
      LabelQuestions labels,
      LabelQuestions.@Nullable TextModel text,
      @Nullable Baseline baseline,
      @Nullable ResultFiles files,
      Scored scored,
      Console console)
      throws IOException {
    Config config = request.config();
    Path folder = request.embeddings();
    Evaluation evaluation = config.eval().evaluation(scored.retrieval(), config.seed());
    EvalSource source =
        new EvalSource(
            manifest.of().checkpoint(),
            manifest.of().data(),
            manifest.of().split(),
            0,
            Evaluated.of(config, folder).identity());
    ObjectNode figures = EvalJson.of(evaluation, scored.embeddings().coverage(), source);
    figures.put("embeddings", folder.toString());
    figures.put("model", manifest.of().model());
    Comparison comparison = baseline == null ? null : baseline.compare(scored, config);
    if (comparison != null) {
      figures.set(Baseline.KEY, ComparisonJson.of(comparison));
    }
    LabelAnswers answers = labels.answer(scored.embeddings(), scored.retrieval(), text, config);
    answers.addTo(figures);
    if (files != null) {
      Files.createDirectories(files.folder());
      RanksFile.write(files.ranks(), RanksFile.of(scored.embeddings(), scored.retrieval()));
      figures.put(EvalJson.RANKS, String.valueOf(files.ranks().getFileName()));
      EvalJson.write(files.json(), figures);
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(figures));
    } else {
      console.out().print(RecallTable.of(evaluation, scored.embeddings().coverage()));
      answers.print(console.out());
      if (comparison != null) {
        console.out().println();
        console.out().println("beside " + request.baseline());
        console.out().print(ComparisonTable.of(comparison));
      }
    }
    if (files != null) {
      (request.json() ? console.err() : console.out()).println("figures  " + files.json());
    }
    return figures;
  }

  private static LabelQuestions labels(StoredEvalRequest request, Console console)
      throws IOException {
    LabelRequest asked = request.labels();
    Path file = asked.file();
    if (file == null) {
      return LabelQuestions.NONE;
    }
    String[] ids = StoredEmbeddings.ids(request.embeddings());
    return LabelQuestions.read(
        asked, LabelQuestions.prompts(asked), new LabelSource.OfFile(file, ids, console.err()));
  }

  private static Scored scored(
      Path folder, EmbedManifest manifest, Config config, WorkFolder kept, Console console)
      throws IOException {
    HeldOut embeddings;
    long vectors = manifest.pictures() + manifest.captions();
    try (Progress progress = console.progress("reading", "vectors", vectors)) {
      embeddings = StoredEmbeddings.read(folder, kept, progress::update);
    }
    long queries = Retrieval.queries(embeddings.images().rows(), embeddings.pairing());
    try (Progress progress = console.progress("ranking", "queries", queries)) {
      Retrieval retrieval =
          Retrieval.rank(
              embeddings.images(),
              embeddings.captions(),
              embeddings.pairing(),
              config.eval().retrieval(config.data().read().workers()),
              RankingWork.plain().telling(progress::update).keptIn(kept.path()));
      return new Scored(embeddings, retrieval);
    }
  }
}
