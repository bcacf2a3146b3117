package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.label.LabelAnswers;
import dev.facet.cli.work.HeldOutSets.Opened;
import dev.facet.cli.work.Results.Shown;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.GalleryEntry;
import dev.facet.eval.report.GallerySheet;
import dev.facet.eval.report.RecallTable;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.Similarities;
import dev.facet.model.DualEncoder;
import dev.facet.train.Checkpoints;
import dev.facet.train.TrackingSettings;
import dev.facet.train.TrainState;
import dev.facet.train.Trainer;
import dev.facet.train.Validation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run that is done came to: its best weights are scored on what is held out to test on, or
 * else on what picked them.
 *
 * @param scorings how each set is scored
 */
record RunResults(
    Config config,
    HeldOutSets sets,
    Function<Opened, Scoring> scorings,
    Seen seen,
    DualEncoder model,
    Console console) {

  /**
   * Scores, writes and tells.
   *
   * @param last what the evaluation after the last step found on the set that picks; null where
   *     that is not known any more
   */
  void tell(Trainer.Outcome outcome, long steps, @Nullable Scored last)
      throws IOException, InterruptedException {
    Path runDir = config.run().dir();
    Path best = runDir.resolve(Checkpoints.FOLDER).resolve(Checkpoints.BEST);
    long step = outcome.state().bestStep();
    boolean first = true;
    for (Opened set : sets.results()) {
      Scored known = set.tests() || step != steps ? null : last;
      Scored scored = known == null ? score(best, set, outcome.state()) : known;
      ResultFiles files =
          first ? ResultFiles.ofRun(runDir) : ResultFiles.of(runDir, set.set().config(), best);
      tell(set, files, best, step, scored);
      first = false;
    }
    picked(runDir, step);
    console.out().printf(Locale.ROOT, "best checkpoint  %s (step %,d)%n", best, step);
    console.out().printf("report           %s%n", ResultFiles.ofRun(runDir).report());
  }

  /**
   * Shows an evaluation of the set that picks: in TensorBoard, and unless it is the last, whose
   * results follow, as the report of a run that goes on.
   */
  void show(EvalLine line, long steps, Scored scored, RunLog log) throws IOException {
    Shown shown = shown(line.step(), scored);
    List<GalleryEntry> gallery = Results.gallery(shown);
    TrackingSettings settings = config.train().tracking();
    if (settings.tensorboardValues() > 0) {
      Similarities similarities = scored.retrieval().similarities(settings.tensorboardValues());
      log.histogram("eval/" + line.set() + "/right_pairs", line.step(), similarities.right());
      log.histogram("eval/" + line.set() + "/wrong_pairs", line.step(), similarities.wrong());
    }
    BufferedImage sheet =
        GallerySheet.of(gallery, settings.tensorboardPictures() / GallerySheet.COLUMNS);
    if (sheet != null) {
      log.picture("eval/" + line.set() + "/gallery", line.step(), sheet);
    }
    if (line.step() < steps) {
      Results.page(
          ResultFiles.ofRun(config.run().dir()), shown, gallery, standing(line.step(), steps));
    }
  }

  private static String standing(long step, long steps) {
    return String.format(
        Locale.ROOT,
        "The run was at step %,d of %,d when this was written, %s. Figures are those of its weights then;"
            + " the next evaluation writes the page anew.",
        step,
        steps,
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .format(Instant.now().atOffset(ZoneOffset.UTC)));
  }

  /** Of the weights after so many steps, on the set that picks. */
  private Shown shown(long step, Scored scored) {
    Opened set = sets.all().getFirst();
    Config own = set.set().config();
    Path weights = config.run().dir().resolve(Checkpoints.FOLDER).resolve(Checkpoints.name(step));
    Evaluation evaluation = own.eval().evaluation(scored.retrieval(), own.seed());
    EvalSource source =
        new EvalSource(
            weights.toString(),
            own.data().name(),
            own.data().evalSplit(),
            step,
            Evaluated.of(own, weights).identity());
    return new Shown(
        own, config, scored, evaluation, LabelAnswers.NONE, null, set.data(), seen, model, source);
  }

  private Scored score(Path folder, Opened set, TrainState state)
      throws IOException, InterruptedException {
    try (DualEncoder saved = Models.open(config.model(), folder)) {
      Scored scored = scorings.apply(set).score(saved);
      if (set.tests()) {
        log(set, state, scored.validation(saved, config.train()));
      }
      return scored;
    }
  }

  /** A finished run that is resumed has its line already. */
  private void log(Opened set, TrainState state, Validation found) throws IOException {
    String name = set.set().name();
    try (RunLog log = RunLog.open(config.run().dir(), state.step())) {
      if (log.evaluatedStep(name) != state.bestStep()) {
        log.append(
            EvalLine.of(
                name,
                state.bestStep(),
                epoch(state.bestStep()),
                found.result(),
                found.loss(),
                Instant.now()));
      }
    }
  }

  /** The epoch that a step was in. */
  private int epoch(long step) throws IOException {
    return RunLog.read(config.run().dir()).stream()
        .filter(line -> line.step() == step)
        .flatMap(line -> line instanceof EvalLine eval ? Stream.of(eval.epoch()) : Stream.of())
        .findFirst()
        .orElse(0);
  }

  private void tell(Opened set, ResultFiles files, Path best, long step, Scored scored)
      throws IOException {
    Config own = set.set().config();
    Evaluation evaluation = own.eval().evaluation(scored.retrieval(), own.seed());
    EvalSource source =
        new EvalSource(
            best.toString(),
            own.data().name(),
            own.data().evalSplit(),
            step,
            Evaluated.of(own, best).identity());
    ObjectNode figures = EvalJson.of(evaluation, scored.embeddings().coverage(), source);
    Results.write(
        files,
        new Shown(
            own,
            InEffect.trained(best),
            scored,
            evaluation,
            LabelAnswers.NONE,
            null,
            set.data(),
            seen,
            model,
            source),
        figures);
    console.out().println();
    if (sets.all().size() > 1) {
      console.out().printf("%s: %s%n", set.set().name(), set.rows());
    }
    console.out().print(RecallTable.of(evaluation, scored.embeddings().coverage()));
    console.out().println();
  }

  /** What the sets for validation had to say of the weights that were picked. */
  private void picked(Path runDir, long step) throws IOException {
    List<String> results = sets.results().stream().map(set -> set.set().name()).toList();
    RunLog.read(runDir).stream()
        .filter(EvalLine.class::isInstance)
        .map(EvalLine.class::cast)
        .filter(line -> line.step() == step && !results.contains(line.set()))
        .forEach(line -> console.out().println(recalls(line)));
  }

  /** One line for people. */
  static String recalls(EvalLine line) {
    return String.format(
        Locale.ROOT,
        "%s, step %,d: recall@1/5/10 image to text %s, text to image %s%s",
        line.set(),
        line.step(),
        recalls(line.imageToText()),
        recalls(line.textToImage()),
        Float.isNaN(line.loss())
            ? ""
            : String.format(
                Locale.ROOT, ", loss %.3f at batch %,d", line.loss(), line.lossBatch()));
  }

  private static String recalls(Direction d) {
    return String.format(Locale.ROOT, "%.3f %.3f %.3f", d.r1(), d.r5(), d.r10());
  }
}
