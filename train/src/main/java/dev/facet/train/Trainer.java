package dev.facet.train;

import ai.djl.ndarray.NDArray;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.eval.log.EndLine;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.LoaderLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.log.StartLine;
import dev.facet.eval.log.StepLine;
import dev.facet.eval.log.StepTime;
import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.model.DualEncoder;
import dev.facet.model.adapt.WeightSamples;
import dev.facet.model.training.AveragedWeights;
import dev.facet.model.training.Teacher;
import dev.facet.train.best.Patience;
import dev.facet.train.guard.Guarded;
import dev.facet.train.guard.LossGuard;
import dev.facet.train.guard.RefusedSteps;
import dev.facet.train.schedule.Schedule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One training run, from the first batch or a checkpoint to the last step. The best model is the
 * one whose {@link dev.facet.train.best.BestMetric} is highest on the first held-out set.
 */
public final class Trainer {
  /**
   * What a run works with; all of it stays the caller's to close.
   *
   * @param data how batches are made; its batch and parts must be those of the settings, which say
   *     how many epochs there are
   * @param replicas as many as the settings say, with the same weights learning
   * @param evaluations what is held out; the first picks the best weights
   */
  public record Parts(
      Path runDir,
      TrainSettings settings,
      Dataset dataset,
      LoaderSettings data,
      PictureInput pictures,
      TextEncoder text,
      Quarantine quarantine,
      List<Replica> replicas,
      Checkpoints checkpoints,
      List<EvaluationSet> evaluations,
      Watcher watcher) {}

  /**
   * A copy of the model.
   *
   * @param teacher to learn from besides, for this replica alone; null without one
   */
  public record Replica(DualEncoder model, @Nullable Teacher teacher) {}

  /**
   * How a run ended.
   *
   * @param finished whether all steps and the last evaluation were done; false if it was stopped
   */
  public record Outcome(TrainState state, boolean finished) {}

  private static final String CURE =
      ": start another run with a lower train.lr or a longer warm-up: --set run.dir=... and, to"
          + " keep what was learned, --set model.init=... with a checkpoint of this one";

  /** What follows the name of a set in the log where averaged weights were scored. */
  private static final String AVERAGED = "-ema";

  /** Steps between two lines about the loader. */
  private static final int LOADER_LOG_EVERY = 10;

  private final Parts parts;
  private final TrainSettings settings;
  private final DualEncoder model;
  private final Replicas replicas;
  private final @Nullable AveragedWeights averages;

  /** What checkpoints hold beside the weights. */
  private final Map<String, NDArray> beside = new LinkedHashMap<>();

  private final Saving saving;
  private final LossGuard guard;
  private final Patience patience;
  private final Schedule schedule;
  private final long stepsPerEpoch;
  private final long totalSteps;
  private TrainState state;
  private @Nullable LoaderStats loaderStats;

  public Trainer(Parts parts) {
    this.parts = parts;
    this.settings = parts.settings();
    this.model = parts.replicas().getFirst().model();
    this.state = TrainState.start(Loader.layout(parts.dataset(), parts.data()));
    this.replicas = new Replicas(settings, parts.replicas(), parts.data().seed());
    this.averages = settings.ema() > 0 ? new AveragedWeights(model, settings.ema()) : null;
    beside.putAll(replicas.optimizer().state());
    if (averages != null) {
      beside.putAll(averages.state());
    }
    this.saving = new Saving(parts.checkpoints(), model, beside, settings);
    this.guard = new LossGuard(settings.guard());
    this.patience = new Patience(settings.best().patience());
    this.stepsPerEpoch = Loader.batchesPerEpoch(parts.dataset().size(), parts.data());
    this.totalSteps = settings.length().steps(stepsPerEpoch, settings.batch());
    this.schedule =
        settings.schedule().of(settings.adamW().lr(), totalSteps, stepsPerEpoch, settings.batch());
  }

  /**
   * Runs to the end, or until the watcher asks to stop. However it ends, the last whole step is
   * saved first.
   *
   * @param resume whether to go on from the newest checkpoint
   */
  public Outcome run(boolean resume) throws IOException, InterruptedException {
    parts.checkpoints().sweep();
    try (replicas;
        saving) {
      if (resume) {
        restore();
      }
      try {
        return untilEnd();
      } catch (Throwable e) {
        saveAfter(e);
        throw e;
      }
    }
  }

  private Outcome untilEnd() throws IOException, InterruptedException {
    while (true) {
      replicas.align();
      RefusedSteps refused =
          RefusedSteps.of(parts.runDir(), state.step(), state.guarded().rewinds());
      try (RunLog log = RunLog.open(parts.runDir(), state.step());
          Loader loader = startLoader();
          GlobalBatches batches = batches(loader)) {
        log.append(StartLine.of(state.step(), totalSteps, settings.batch(), Instant.now()));
        if (patience.counts()) {
          String set = parts.evaluations().getFirst().name();
          patience.resume(RunLog.read(parts.runDir()), set, state.bestStep());
        }
        boolean finished = train(loader, batches, log, refused);
        if (!guard.lost(state.guarded())) {
          log.append(new EndLine(state.step(), finished, Instant.now()));
          return new Outcome(state, finished);
        }
      }
      rewind();
    }
  }

  /** Returns false if it was asked to stop before the end, or has to go back. */
  private boolean train(Loader loader, GlobalBatches batches, RunLog log, RefusedSteps refused)
      throws IOException, InterruptedException {
    Pace pace = new Pace(state.step(), totalSteps);
    // Before the first step: the evaluation that the run was in when it ended.
    boolean evaluated = evaluateIfDue(log);
    while (evaluated && !ended() && !parts.watcher().getAsBoolean()) {
      step(loader, batches, log, refused, pace);
      if (guard.lost(state.guarded())) {
        return false;
      }
      saving.check();
      if (saving.due(state.step())) {
        save();
      }
      evaluated = evaluateIfDue(log);
    }
    if (evaluated && patience.ended()) {
      parts.watcher().note(endedEarly());
      // What is evaluated at the end alone is so at this one.
      evaluated = evaluateIfDue(log);
    }
    saveNow();
    return evaluated && ended();
  }

  private boolean ended() {
    return state.step() == totalSteps || patience.ended();
  }

  private String endedEarly() {
    return String.format(
        Locale.ROOT,
        "ended at step %d of %d: train.patience = %d evaluations found nothing better than step %d",
        state.step(),
        totalSteps,
        settings.best().patience(),
        state.bestStep());
  }

  private void restore() throws IOException {
    TrainState found = parts.checkpoints().restore(model, beside, parts.watcher()::note);
    if (found == null) {
      parts.watcher().note("no checkpoint in " + parts.runDir() + ": starting at step 0");
      parts.watcher().resumed(0);
      return;
    }
    if (found.layout() != 0 && found.layout() != state.layout()) {
      throw FacetException.usage(
          parts.dataset().name()
              + " is not what this run was trained on so far: rows came, went or moved, so going on"
              + " would repeat some and miss others; bring back the data as it was, or start a new"
              + " run in another run.dir with model.init = its last checkpoint");
    }
    if (found.step() > totalSteps) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s is %d, which is %d steps, but this run has done %d already: raise it",
              settings.length().setting(),
              settings.length().value(),
              totalSteps,
              found.step()));
    }
    state = found;
    saving.goesOnFrom(found.step());
    parts.watcher().resumed(found.step());
    parts.watcher().note("resumed at step " + found.step() + " of " + totalSteps);
  }

  /** Goes back to the last good checkpoint, from which another order is taken. */
  private void rewind() throws IOException {
    Guarded now = state.guarded();
    String trouble =
        String.format(
            Locale.ROOT,
            "%d steps in a row up to step %d had no loss that could be used (%s says which"
                + " samples)",
            now.inRow(),
            state.step(),
            parts.runDir().resolve(RefusedSteps.FILE));
    if (!guard.mayRewind(now)) {
      throw FacetException.run(
          trouble
              + ", and the run went back train.rewinds = "
              + settings.guard().rewinds()
              + " times already"
              + CURE);
    }
    saving.await();
    TrainState found = lastGood(now);
    if (found == null) {
      throw FacetException.run(trouble + ", and there is no checkpoint yet to go back to" + CURE);
    }
    state = found.with(found.guarded().rewound(now, found.step()));
    saving.goesOnFrom(0);
    // The count of rewinds is kept at once: a resume that lost it would take the old order.
    saveNow();
    parts.watcher().resumed(state.step());
    parts
        .watcher()
        .note(
            String.format(
                Locale.ROOT,
                "%s: went back to step %d, and on in another order (rewind %d of at most %d)",
                trouble,
                state.step(),
                state.guarded().rewinds(),
                settings.guard().rewinds()));
  }

  /** Where the run went back to already and saved nothing since, one before that is better. */
  private @Nullable TrainState lastGood(Guarded now) throws IOException {
    Checkpoints all = parts.checkpoints();
    TrainState other =
        all.restore(model, beside, each -> each.step() != now.rewoundTo(), parts.watcher()::note);
    return other != null ? other : all.restore(model, beside, parts.watcher()::note);
  }

  private boolean usable(Learned learned) {
    return guard.objection(state.guarded(), learned.loss(), learned.gradientNorm()) == null;
  }

  private Loader startLoader() {
    long seed = parts.data().seed();
    int rewinds = state.guarded().rewinds();
    return Loader.start(
        parts.dataset(),
        parts
            .data()
            .withEpochs(settings.length().epochs(stepsPerEpoch, settings.batch()))
            .withSeed(rewinds == 0 ? seed : SampleRandom.mix(seed) + rewinds),
        parts.pictures(),
        parts.text(),
        parts.quarantine(),
        state.position());
  }

  private GlobalBatches batches(Loader loader) {
    return new GlobalBatches(
        loader,
        settings.replicas(),
        settings.parts(),
        settings.atOnce(),
        parts.pictures().bytes(),
        parts.text().contextLength());
  }

  private void step(
      Loader loader, GlobalBatches batches, RunLog log, RefusedSteps refused, Pace pace)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (GlobalBatch batch = batches.next()) {
      long waited = System.nanoTime() - begin;
      showBatch(batch, log);
      double lr = schedule.rate(state.step() + 1);
      // A batch of one pair has no negatives, and one of bad samples only has nothing at all.
      Learned learned =
          batch.size() > 1
              ? replicas.learn(batch, state.step(), epochsDone(), lr, this::usable)
              : Learned.NOTHING;
      int dropped = settings.batch() - batch.size();
      state = state.stepped(batch.next(), dropped);
      if (batch.size() > 1) {
        judge(learned, batch, refused);
      }
      StepTime time = learned.time().waited(waited);
      pace.add(batch.size(), time, System.nanoTime() - begin);
      log.append(line(learned, time, lr, pace));
      logLoader(loader, log);
      if (batch.size() <= 1) {
        parts
            .watcher()
            .note(
                String.format(
                    Locale.ROOT,
                    "step %d has no loss: %d of the %d samples of its batch can be used, and"
                        + " nothing is learned from fewer than two",
                    state.step(),
                    batch.size(),
                    batch.size() + dropped));
      }
      parts.watcher().step(pace.progress(state, learned.loss(), lr));
    }
  }

  /** Remembers whether the step that was just made was taken. */
  private void judge(Learned learned, GlobalBatch batch, RefusedSteps refused) throws IOException {
    Guarded before = state.guarded();
    String objection = guard.objection(before, learned.loss(), learned.gradientNorm());
    state = state.with(guard.after(before, learned.loss(), objection != null));
    if (objection == null && averages != null) {
      averages.follow(state.step());
    }
    if (objection != null) {
      refused.add(
          state.step(),
          before.rewinds(),
          objection,
          learned.loss(),
          learned.gradientNorm(),
          batch.samples());
      parts
          .watcher()
          .note(
              String.format(
                  Locale.ROOT,
                  "step %d is not taken: %s; its samples are in %s",
                  state.step(),
                  objection,
                  RefusedSteps.FILE));
    }
  }

  private double epochsDone() {
    return (double) state.step() / stepsPerEpoch;
  }

  private StepLine line(Learned learned, StepTime time, double lr, Pace pace) {
    return new StepLine(
        state.step(),
        epochOf(state),
        learned.loss(),
        lr,
        (float) model.logitScale(),
        learned.gradientNorm(),
        pace.imagesPerSecond(),
        pace.dataWait(),
        state.skipped(),
        time,
        Instant.now());
  }

  private void logLoader(Loader loader, RunLog log) throws IOException {
    if (state.step() % LOADER_LOG_EVERY == 0) {
      LoaderStats now = loader.stats();
      LoaderStats interval = loaderStats == null ? now : now.since(loaderStats);
      log.append(LoaderLine.of(state.step(), interval, Instant.now()));
      loaderStats = now;
    }
  }

  /** Returns false if it was asked to stop meanwhile: then a resumed run evaluates anew. */
  private boolean evaluateIfDue(RunLog log) throws IOException, InterruptedException {
    List<EvaluationSet> due = parts.evaluations().stream().filter(set -> isDue(set, log)).toList();
    if (due.isEmpty()) {
      return true;
    }
    // Evaluating may take long, fail or be killed, and must not cost the steps before it.
    saveNow();
    try {
      for (EvaluationSet set : due) {
        evaluate(set, log);
      }
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private boolean isDue(EvaluationSet set, RunLog log) {
    boolean wanted = ended() || due(set.every());
    boolean done =
        log.evaluatedStep(set.name()) == state.step() && (!picks(set) || state.bestStep() > 0);
    return wanted && !done && state.step() > 0;
  }

  private boolean picks(EvaluationSet set) {
    return set.equals(parts.evaluations().getFirst());
  }

  private void evaluate(EvaluationSet set, RunLog log) throws IOException, InterruptedException {
    boolean better = false;
    EvalLine ofAverages = null;
    if (averages != null) {
      averages.swap();
      try {
        // The others go on with the weights that learn.
        Validation found = set.evaluation().evaluate(List.of(model), state.step());
        ofAverages = line(set.name() + AVERAGED, found);
        better = keepIfBest(set, found.result());
        if (picks(set)) {
          parts.checkpoints().saveAverages(model, state);
        }
      } finally {
        averages.swap();
      }
    }
    List<DualEncoder> copies = parts.replicas().stream().map(Replica::model).toList();
    Validation found = set.evaluation().evaluate(copies, state.step());
    better |= keepIfBest(set, found.result());
    if (ofAverages != null) {
      log.append(ofAverages);
      parts.watcher().evaluated(ofAverages, log);
    }
    // Last, as the log is what tells a resumed run that this evaluation was done.
    EvalLine line = line(set.name(), found);
    log.append(line);
    if (picks(set)) {
      patience.evaluated(better);
      showWeights(log);
    }
    parts.watcher().evaluated(line, log);
  }

  private void showWeights(RunLog log) throws IOException {
    int most = settings.tracking().tensorboardValues();
    if (most > 0) {
      for (Map.Entry<String, float[]> part : WeightSamples.of(model, most).entrySet()) {
        log.histogram("weights/" + part.getKey(), state.step(), part.getValue());
      }
    }
  }

  /** The pictures that the run begins with, as augmentation leaves them. */
  private void showBatch(GlobalBatch batch, RunLog log) throws IOException {
    int most = settings.tracking().tensorboardPictures();
    if (state.step() == 0 && most > 0) {
      BufferedImage sheet = BatchSheet.of(batch, parts.pictures(), most);
      if (sheet != null) {
        log.picture("train/first_batch", 1, sheet);
      }
    }
  }

  private EvalLine line(String name, Validation found) {
    return EvalLine.of(
        name, state.step(), epochOf(state), found.result(), found.loss(), Instant.now());
  }

  /** Whether the weights, as they are in the model, are the best so far. */
  private boolean keepIfBest(EvaluationSet set, RetrievalResult result) {
    double score = settings.best().best().of(result);
    boolean better = picks(set) && (score > state.bestRecall() || state.bestStep() == 0);
    if (better) {
      state = state.best(score);
      parts.checkpoints().saveBest(model, state);
    }
    return better;
  }

  /** While steps are refused nothing is saved, so that every checkpoint is one to go back to. */
  private boolean inTrouble() {
    return state.guarded().inRow() > 0 && state.step() < totalSteps;
  }

  private void save() {
    if (!inTrouble()) {
      saving.begin(state, true);
    }
  }

  private void saveNow() {
    save();
    saving.await();
  }

  /**
   * Saves what can be saved of a run that failed; the failure to tell stays the first one. The
   * checkpoints before stay, as this one may be what the run fails of.
   */
  private void saveAfter(Throwable failure) {
    try {
      saving.await();
      if (!replicas.whole()) {
        parts
            .watcher()
            .note("the failed step " + (state.step() + 1) + " was half done, so it is not saved");
      } else if (!inTrouble() && saving.begin(state, false)) {
        saving.await();
        parts.watcher().note("saved step " + state.step() + "; --resume goes on from there");
      }
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }

  private boolean due(int every) {
    return every > 0 && state.step() % every == 0;
  }

  /** The epoch of the step just done; the state's own is that of the next batch. */
  private static int epochOf(TrainState state) {
    return state.samples() == 0 && state.epoch() > 0 ? state.epoch() - 1 : state.epoch();
  }
}
