package dev.facet.train;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.Contrast;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.base.Interval;
import dev.facet.eval.Embedder;
import dev.facet.eval.HeldOut;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.HeldOutLoss;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.log.StepLine;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.WeightGroup;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.siglip.SiglipConfig;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.train.best.BestMetric;
import dev.facet.train.best.BestSettings;
import dev.facet.train.guard.GuardSettings;
import dev.facet.train.schedule.RunLength;
import dev.facet.train.schedule.ScheduleKind;
import dev.facet.train.schedule.ScheduleSettings;
import dev.facet.train.schedule.WarmUp;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A run that takes a second: 64 coloured squares, a model of a few thousand weights. */
final class TinyRun implements Watcher {
  static final int ROWS = 64;
  static final int BATCH = 16;

  private final Path dir;
  private final int epochs;
  private final double lr;
  final List<String> notes = new ArrayList<>();
  private final Deque<Double> scores = new ArrayDeque<>();

  /** Called with the step when an evaluation begins, and when a step was done. */
  LongConsumer beforeEvaluation = step -> {};

  LongConsumer afterStep = step -> {};

  @Nullable EvalLine last;
  private int evalEvery;

  /** Held out besides; these pick nothing. */
  final List<EvaluationSet> more = new ArrayList<>();

  long stopAfter = Long.MAX_VALUE;
  private long seen;

  int rows = ROWS;

  /** Which picture each row shows. */
  IntUnaryOperator shown = row -> row;

  boolean maskIdenticalCaptions = true;

  int batch = BATCH;

  @Nullable Integer microBatch;

  int replicas = 1;

  /** SigLIP in place of CLIP. */
  boolean siglip;

  double patchDropout;

  /** The replicas' models while a run goes on. */
  final List<DualEncoder> models = new ArrayList<>();

  private ObjectiveKind objective = ObjectiveKind.CONTRASTIVE;

  List<WeightGroup> groups = List.of();
  int patience;
  int checkpointEvery = 3;
  ScheduleKind schedule = ScheduleKind.COSINE;
  double ema;
  GuardSettings guard = new GuardSettings(5, 3, null, 100);

  /** Which weights learn. */
  Adaptation adaptation = new Adaptation(List.of(), false, false, null);

  TinyRun(Path dir, int epochs, double lr) {
    this.dir = dir;
    this.epochs = epochs;
    this.lr = lr;
  }

  /** Trains FLIP, as its authors do. */
  TinyRun flip() {
    objective = ObjectiveKind.FLIP;
    return this;
  }

  /** Evaluates every so many steps and gets these recalls, then fails. */
  TinyRun scoring(int every, double... recalls) {
    evalEvery = every;
    for (double recall : recalls) {
      scores.add(recall);
    }
    return this;
  }

  Path dir() {
    return dir;
  }

  Trainer.Outcome run(boolean resume) throws IOException, InterruptedException {
    TrainSettings settings = settings();
    Path vocabulary = dir.resolve("tokenizer.json");
    BpeTrainer bpe = new BpeTrainer();
    for (int row = 0; row < ROWS; row++) {
      bpe.add(ColourSquares.caption(row));
    }
    bpe.train(600).write(vocabulary);
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(vocabulary, 8);
        ColourSquares squares = new ColourSquares(rows, shown)) {
      for (int rank = 0; rank < replicas; rank++) {
        // Other random weights each: replicas have to agree on those of the first.
        models.add(model(tokenizer, rank));
      }
      ImageSettings images =
          new ImageSettings(
              16,
              Augmentation.training(
                  List.of(
                      new FaceBox(0),
                      new RandomResizedCrop(new Interval(0.9, 1), new Interval(0.9, 1.1)),
                      new Brightness(0.1),
                      new Contrast(0.1))),
              ImageSettings.CLIP_MEAN,
              ImageSettings.CLIP_STD);
      Trainer.Parts parts =
          new Trainer.Parts(
              dir,
              settings,
              squares,
              loading(batch, epochs, true).inParts(replicas, settings.parts()),
              images,
              text(tokenizer),
              Quarantine.none(),
              models.stream().map(model -> new Trainer.Replica(model, null)).toList(),
              new Checkpoints(dir, settings.keepCheckpoints(), Map.of()),
              evaluations(tokenizer, squares),
              this);
      return new Trainer(parts).run(resume);
    } finally {
      models.forEach(DualEncoder::close);
      models.clear();
    }
  }

  TrainSettings settings() {
    return new TrainSettings(
        batch,
        microBatch,
        replicas,
        RunLength.ofEpochs(epochs),
        new TrainSettings.AdamW(lr, 0.1, 0.9, 0.98, 1e-6),
        new ScheduleSettings(schedule, 0, WarmUp.ofSteps(4), 0.2),
        1,
        objective,
        LossSettings.PLAIN,
        null,
        null,
        100,
        maskIdenticalCaptions,
        checkpointEvery,
        2,
        evalEvery,
        1,
        groups,
        guard,
        0,
        new BestSettings(BestMetric.MEAN_RECALL, patience),
        ema,
        new TrackingSettings(4, 1000, null, "facet"));
  }

  private DualEncoder model(CaptionTokenizer tokenizer, long seed) {
    Architecture sizes =
        objective == ObjectiveKind.FLIP
            ? flip(tokenizer)
            : siglip ? siglip(tokenizer) : config(tokenizer);
    DualEncoder model =
        DualEncoder.random(
            sizes,
            new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, patchDropout, seed));
    if (objective == ObjectiveKind.FLIP) {
      model.objective(ObjectiveKind.FLIP, LossSettings.PLAIN, null).prepare();
    }
    Adapting.apply(model, adaptation);
    return model;
  }

  private List<EvaluationSet> evaluations(CaptionTokenizer tokenizer, ColourSquares squares) {
    List<EvaluationSet> all = new ArrayList<>();
    all.add(
        new EvaluationSet(
            "val",
            evalEvery,
            (trained, step) -> {
              beforeEvaluation.accept(step);
              return evalEvery == 0 ? evaluate(trained.getFirst(), tokenizer, squares) : scripted();
            }));
    all.addAll(more);
    return all;
  }

  List<Float> losses() throws IOException {
    return RunLog.read(dir).stream()
        .filter(StepLine.class::isInstance)
        .map(line -> ((StepLine) line).loss())
        .toList();
  }

  List<Long> evaluations() throws IOException {
    return evaluations("val");
  }

  List<Long> evaluations(String set) throws IOException {
    return RunLog.read(dir).stream()
        .filter(line -> line instanceof EvalLine eval && eval.set().equals(set))
        .map(RunLine::step)
        .toList();
  }

  static ClipConfig config(CaptionTokenizer tokenizer) {
    TowerSize tower = TowerSize.of(32, 1, 2);
    int end = tokenizer.endToken();
    return new ClipConfig(16, 16, 8, tower, end + 1, 8, end - 1, end, end, tower);
  }

  private static SiglipConfig siglip(CaptionTokenizer tokenizer) {
    TowerSize tower = new TowerSize(32, 1, 2, 64, Activation.GELU_TANH, 1e-6);
    int end = tokenizer.endToken();
    return new SiglipConfig(32, 16, 8, tower, end + 1, 8, end, end, tower);
  }

  private static FlipConfig flip(CaptionTokenizer tokenizer) {
    TowerSize tower = new TowerSize(32, 1, 2, 64, Activation.GELU, 1e-6);
    int end = tokenizer.endToken();
    return new FlipConfig(16, 16, 8, tower, end + 3, 8, 8, end, tower, 2 * BATCH + 5);
  }

  private Validation scripted() {
    Double recall = scores.poll();
    if (recall == null) {
      throw new IllegalStateException("no score for step " + seen);
    }
    return scored(recall);
  }

  /** A result with this recall throughout. */
  static Validation scored(double recall) {
    Direction direction = new Direction(recall, recall, recall, 1, recall, 1);
    Chance none = new Chance(0, 0, 0);
    return new Validation(
        new RetrievalResult(
            1, 1, 0, 0, 0, RetrievalSettings.standard(1), direction, direction, none, none),
        new HeldOutLoss(Double.NaN, 1));
  }

  private Validation evaluate(DualEncoder model, CaptionTokenizer tokenizer, ColourSquares squares)
      throws InterruptedException {
    ImageSettings images =
        new ImageSettings(
            16, Augmentation.evaluation(0), ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
    HeldOut heldOut =
        Embedder.embed(
            model,
            tokenizer,
            squares,
            loading(BATCH, 1, false),
            images,
            Quarantine.none(),
            done -> {});
    RetrievalResult result =
        Retrieval.score(
            heldOut.images(), heldOut.captions(), heldOut.pairing(), RetrievalSettings.standard(1));
    return Validation.of(model, settings(), heldOut, result);
  }

  private static LoaderSettings loading(int batch, int epochs, boolean train) {
    ReadSettings read = new ReadSettings(2, 3, 2, 1L << 30, 0, 0.1);
    return train
        ? LoaderSettings.training(batch, epochs, 5, read)
        : new LoaderSettings(batch, epochs, 5, LoaderSettings.Share.ALL, false, false, read, 1);
  }

  private static TextEncoder text(CaptionTokenizer tokenizer) {
    return new TextEncoder() {
      @Override
      public int contextLength() {
        return tokenizer.contextLength();
      }

      @Override
      public void encode(String caption, LongBuffer ids) {
        tokenizer.encode(caption, ids);
      }
    };
  }

  @Override
  public void step(StepProgress progress) {
    seen++;
    afterStep.accept(progress.step());
  }

  @Override
  public void evaluated(EvalLine line, RunLog log) {
    last = line;
  }

  @Override
  public void resumed(long step) {}

  @Override
  public void note(String message) {
    notes.add(message);
  }

  @Override
  public boolean getAsBoolean() {
    return seen >= stopAfter;
  }
}
