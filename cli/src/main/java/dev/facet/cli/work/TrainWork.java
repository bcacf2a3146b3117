package dev.facet.cli.work;

import dev.facet.base.Staged;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.StepCount;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.request.TrainRequest;
import dev.facet.cli.tracking.MlflowRun;
import dev.facet.cli.work.HeldOutSets.Opened;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.RunLog;
import dev.facet.loader.Loader;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.prepare.synth.Synth;
import dev.facet.prepare.synth.SynthSettings;
import dev.facet.train.Checkpoints;
import dev.facet.train.EvaluationSet;
import dev.facet.train.RunDirectory;
import dev.facet.train.StepProgress;
import dev.facet.train.TrainSettings;
import dev.facet.train.Trainer;
import dev.facet.train.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code facet train}: data, model, the run, and its results. */
final class TrainWork {
  /** Steps between two that MLflow is told of. */
  private static final int MLFLOW_EVERY = 10;

  private final Config config;
  private final boolean resume;
  private final Console console;
  private final BooleanSupplier stopRequested;
  private final RunDirectory folder;

  /** What the evaluation after the last step found, once it was done. */
  private @Nullable Scored last;

  /** What the newest evaluation found on the set that picks, until it is on the page. */
  private @Nullable Scored newest;

  TrainWork(TrainRequest request, Console console, BooleanSupplier stopRequested) {
    this.config = request.config();
    this.resume = request.resume();
    this.console = console;
    this.stopRequested = stopRequested;
    this.folder = request.folder();
  }

  /**
   * Returns false if the run was stopped before its end.
   *
   * @throws InterruptedException if it was stopped before its first step, with nothing to keep
   */
  boolean run() throws IOException, InterruptedException {
    boolean finished;
    try {
      finished = prepareAndTrain();
    } catch (CancellationException e) {
      finished = false;
    }
    if (!finished && !folder.begun()) {
      throw new InterruptedException();
    }
    return finished;
  }

  private boolean prepareAndTrain() throws IOException, InterruptedException {
    Path runDir = config.run().dir();
    drawPicturesWhereWanted();
    try (Dataset training = Sources.training(config.data());
        HeldOutSets heldOut = HeldOutSets.open(config)) {
      Seen seen = Seen.of(config, training);
      UsableRows.require(training, seen.varied(config));
      for (Opened set : heldOut.all()) {
        UsableRows.require(set.data(), seen.plain(set.set().config()));
      }
      long steps = StepCount.of(config.train(), training.size());
      try (CaptionTokenizer tokenizer = Vocabulary.of(config, training, resume, console);
          Copies models = Copies.open(config, seen, tokenizer, this::note);
          Quarantine quarantine = quarantine(ResultFiles.ofRun(runDir).quarantine())) {
        String arithmetic = Arithmetic.check(models.first(), config, steps, heldOut.all());
        announce(training, heldOut, models.first(), seen, steps, arithmetic);
        CutCaptions cut = CutCaptions.of(training, tokenizer, config.data().captions());
        console.err().println("captions: " + cut.text());
        RunResults results =
            new RunResults(
                config,
                heldOut,
                set ->
                    new Scoring(
                        set.set().config(),
                        set.data(),
                        tokenizer,
                        seen,
                        quarantine,
                        console,
                        stopRequested),
                seen,
                models.first(),
                console);
        return train(training, tokenizer, models, seen, quarantine, results, steps);
      }
    }
  }

  private boolean train(
      Dataset training,
      CaptionTokenizer tokenizer,
      Copies models,
      Seen seen,
      Quarantine quarantine,
      RunResults results,
      long steps)
      throws IOException, InterruptedException {
    Instant began = Instant.now();
    try (MlflowRun mlflow = mlflow()) {
      boolean finished =
          train(training, tokenizer, models, seen, quarantine, results, steps, mlflow);
      if (mlflow != null && mlflow.begun()) {
        tested(results.sets(), began, mlflow);
        ResultFiles files = ResultFiles.ofRun(config.run().dir());
        mlflow.end(finished, List.of(config.run().configFile(), files.report(), files.json()));
      }
      return finished;
    }
  }

  private @Nullable MlflowRun mlflow() {
    String server = config.train().tracking().mlflow();
    return server == null
        ? null
        : MlflowRun.start(
            new MlflowRun.Told(
                URI.create(server),
                config.train().tracking().mlflowExperiment(),
                config.run().name(),
                config.values(),
                config.run().dir()),
            this::note);
  }

  /** What the best weights came to on what is held out to test on, which the run's end tells. */
  private void tested(HeldOutSets sets, Instant since, MlflowRun mlflow) throws IOException {
    Set<String> tests =
        sets.all().stream()
            .filter(Opened::tests)
            .map(set -> set.set().name())
            .collect(Collectors.toSet());
    for (RunLine line : RunLog.read(config.run().dir())) {
      if (line instanceof EvalLine eval
          && tests.contains(eval.set())
          && !eval.time().isBefore(since)) {
        mlflow.evaluation(eval);
      }
    }
  }

  private boolean train(
      Dataset training,
      CaptionTokenizer tokenizer,
      Copies models,
      Seen seen,
      Quarantine quarantine,
      RunResults results,
      long steps,
      @Nullable MlflowRun mlflow)
      throws IOException, InterruptedException {
    Path runDir = config.run().dir();
    Trainer.Outcome outcome;
    try (TextEncoder text =
            CaptionIds.of(
                config, training, config.data().trainSplit(), tokenizer, console, stopRequested);
        Progress progress = console.progress("training", "steps", steps)) {
      Trainer.Parts parts =
          new Trainer.Parts(
              runDir,
              config.train(),
              training,
              Loading.training(config),
              seen.varied(config),
              text,
              quarantine,
              models.all(),
              new Checkpoints(runDir, config.train().keepCheckpoints(), extras(tokenizer, seen)),
              results.sets().validating().stream()
                  .map(set -> evaluation(set, results.scorings().apply(set), steps))
                  .toList(),
              new Lines(progress, results, steps, mlflow));
      outcome = new Trainer(parts).run(resume);
    }
    if (outcome.finished()) {
      results.tell(outcome, steps, last);
    }
    return outcome.finished();
  }

  private EvaluationSet evaluation(Opened set, Scoring scoring, long steps) {
    boolean picks = set.set().equals(config.picking());
    return new EvaluationSet(
        set.set().name(),
        set.set().every(),
        (trained, step) -> {
          Scored scored = scoring.score(trained);
          if (picks) {
            newest = scored;
            // Earlier ones would only take memory while training goes on.
            // Where averages are scored as well, it is not known which of the two became the best.
            last = step == steps && config.train().ema() == 0 ? scored : null;
          }
          return scored.validation(trained.getFirst(), config.train());
        });
  }

  private void note(String message) {
    console.err().println("note: " + message);
  }

  private void drawPicturesWhereWanted() throws IOException {
    Path root = config.data().root();
    int count = config.data().synthPictures();
    if (count == 0 || root == null || Files.exists(root)) {
      return;
    }
    folder.willMake(root);
    try (Progress progress = console.progress("drawing faces", "pictures", count)) {
      Synth.write(
          new SynthSettings(
              root,
              count,
              config.seed(),
              config.data().synthTest(),
              Runtime.getRuntime().availableProcessors(),
              "facet train, data.synth_pictures=" + count),
          drawn -> {
            if (stopRequested.getAsBoolean()) {
              throw new CancellationException("asked to stop");
            }
            progress.update(drawn);
          });
    }
  }

  /** A new run does not take over what a start before it, which came to nothing, has noted. */
  private Quarantine quarantine(Path file) throws IOException {
    if (!resume) {
      Files.deleteIfExists(file);
    }
    return Quarantine.file(file);
  }

  /**
   * From here on the folder holds a run: it has done a step, or is known to go on with this config.
   */
  private void begin() {
    if (!folder.begin()) {
      return;
    }
    try {
      Staged.write(config.run().configFile(), config.toYaml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What other programs need beside the weights, and what Facet needs to score them later. */
  private Map<String, String> extras(CaptionTokenizer tokenizer, Seen seen) throws IOException {
    Map<String, String> extras = new LinkedHashMap<>(seen.files());
    extras.put("config.yaml", config.toYaml());
    extras.put(TokenizerFiles.TOKENIZER, Files.readString(tokenizer.file()));
    extras.put(
        TokenizerFiles.SETTINGS,
        Files.readString(tokenizer.file().resolveSibling(TokenizerFiles.SETTINGS)));
    return extras;
  }

  private void announce(
      Dataset training,
      HeldOutSets heldOut,
      DualEncoder model,
      Seen seen,
      long steps,
      String arithmetic)
      throws IOException {
    training.notes().forEach(this::note);
    Loader.notes(training, Loading.training(config)).forEach(this::note);
    String otherwise = Models.otherResizing(config, config.model().images());
    if (otherwise != null) {
      console.err().println(otherwise);
    }
    console
        .err()
        .printf(
            Locale.ROOT,
            "device: %s, %s%n"
                + "%s%n"
                + "model: %s, %s; global batch %,d%s, %,d steps%n"
                + "data: %s, %,d pictures to train on; held out %s; %d loader threads, %s%n"
                + "run: %s%n"
                + "%s%n",
            model.device(),
            config.model().precision().name().toLowerCase(Locale.ROOT),
            arithmetic,
            InEffect.start(config.model()),
            weights(model),
            config.train().batch(),
            atOnce(),
            steps,
            config.data().name(),
            training.size(),
            heldOut.text(),
            config.data().read().workers(),
            seen.decoder(config),
            config.run().dir(),
            StepFigures.LEGEND);
  }

  private String atOnce() {
    TrainSettings train = config.train();
    String replicas =
        train.replicas() == 1
            ? ""
            : String.format(Locale.ROOT, " on %d replicas", train.replicas());
    return train.atOnce() == train.batch()
        ? replicas
        : String.format(Locale.ROOT, "%s, %,d at once", replicas, train.atOnce());
  }

  private static String weights(DualEncoder model) {
    long trained = model.trainedSize();
    return trained == model.size()
        ? String.format(Locale.ROOT, "%,d weights", trained)
        : String.format(Locale.ROOT, "%,d weights, of which %,d learn", model.size(), trained);
  }

  /** Follows the run on the console. */
  private final class Lines implements Watcher {
    private final Progress progress;
    private final RunResults results;
    private final long steps;
    private final @Nullable MlflowRun mlflow;

    Lines(Progress progress, RunResults results, long steps, @Nullable MlflowRun mlflow) {
      this.progress = progress;
      this.results = results;
      this.steps = steps;
      this.mlflow = mlflow;
    }

    @Override
    public void step(StepProgress at) {
      begin();
      if (mlflow != null && (at.step() % MLFLOW_EVERY == 0 || at.step() == at.totalSteps())) {
        mlflow.metric("train/loss", at.loss(), at.step());
        mlflow.metric("train/lr", at.lr(), at.step());
        mlflow.metric("train/images_per_second", at.imagesPerSecond(), at.step());
        mlflow.metric("train/data_wait", at.dataWait(), at.step());
      }
      progress.update(
          at.step(), StepFigures.text(at), String.format(Locale.ROOT, "lr %.2e", at.lr()));
    }

    @Override
    public void evaluated(EvalLine line, RunLog log) throws IOException {
      progress.say(RunResults.recalls(line));
      if (mlflow != null) {
        mlflow.evaluation(line);
      }
      Scored scored = newest;
      if (scored == null || !line.set().equals(config.picking().name())) {
        return;
      }
      newest = null;
      try {
        results.show(line, steps, scored, log);
      } catch (IOException | RuntimeException e) {
        // A page that cannot be made, or one odd picture, ends no training.
        note("this evaluation could not be shown: " + e.getMessage());
      }
    }

    @Override
    public void note(String message) {
      progress.say(message);
    }

    @Override
    public void resumed(long step) {
      begin();
      progress.startAt(step);
    }

    @Override
    public boolean getAsBoolean() {
      return stopRequested.getAsBoolean();
    }
  }
}
