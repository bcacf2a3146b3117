package dev.facet.cli.config;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Operation;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FixedOnResume;
import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.EvalConfig;
import dev.facet.cli.settings.EvalSet;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.cli.settings.RunConfig;
import dev.facet.train.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a run. What each one means, and its default, is said once, in {@code
 * defaults.yaml}.
 *
 * @param augment how training pictures vary, one operation after the other; evaluation takes the
 *     face box alone
 * @param seed of initial weights, order, augmentation, caption choice and the built-in pictures
 */
public record Config(
    RunConfig run,
    @FixedOnResume long seed,
    DataConfig data,
    @FixedOnResume List<Operation> augment,
    ModelConfig model,
    TrainSettings train,
    EvalConfig eval) {

  /**
   * Reads defaults, then the file, then the assignments; later ones win. What only matters to
   * training is not held against them.
   *
   * @param file a YAML file, or null for the defaults alone
   * @throws dev.facet.base.FacetException with every problem found, each with its line and cure
   */
  public static Config load(@Nullable Path file, List<Assignment> assignments) {
    return read(file, assignments, Combinations.Use.DATA);
  }

  /** As {@link #load}, for work that reads no data set: none has to be named. */
  public static Config loadWithoutData(@Nullable Path file, List<Assignment> assignments) {
    return read(file, assignments, Combinations.Use.SETTINGS);
  }

  /** As {@link #load}, and checks that a run can be trained with these settings. */
  public static Config loadForTraining(@Nullable Path file, List<Assignment> assignments) {
    return read(file, assignments, Combinations.Use.TRAINING);
  }

  /** As {@link #loadForTraining}, and does not fail where something is wrong. */
  public static CheckedConfig checkForTraining(@Nullable Path file, List<Assignment> assignments) {
    ConfigReader reader = new ConfigReader(Defaults.RUN, file, assignments);
    Config config = checked(reader, Combinations.Use.TRAINING);
    return new CheckedConfig(config, reader.problems().texts(), reader.problems().settings());
  }

  /** All settings where nothing is said. */
  static Config defaults() {
    return (Config) new ConfigReader(Defaults.RUN, null, List.of()).settings();
  }

  private static Config read(
      @Nullable Path file, List<Assignment> assignments, Combinations.Use use) {
    ConfigReader reader = new ConfigReader(Defaults.RUN, file, assignments);
    Config config = checked(reader, use);
    reader.problems().throwIfAny();
    return config;
  }

  private static Config checked(ConfigReader reader, Combinations.Use use) {
    Config config = (Config) reader.settings();
    Combinations.check(config, use, reader::combination);
    return config;
  }

  /** The same with other paths in the places of those that it names. */
  public Config withPaths(UnaryOperator<Path> change) {
    return (Config) Paths.changed(this, change);
  }

  /** How training pictures vary. */
  public Augmentation augmentation() {
    return Augmentation.training(augment);
  }

  /** The same where pictures that no operation makes square become so as the model wants it. */
  public Augmentation augmentation(ResizeMode mode, Interpolation filter) {
    return Augmentation.training(augment, mode, filter);
  }

  /**
   * What evaluation sees of a picture: the face as in training, and nothing at random.
   *
   * @param mode how it becomes a square, with which filter: the model says
   */
  public Augmentation evaluation(ResizeMode mode, Interpolation filter) {
    FaceBox face =
        augment.stream()
            .filter(FaceBox.class::isInstance)
            .map(FaceBox.class::cast)
            .findFirst()
            .orElse(null);
    return Augmentation.evaluation(face, mode, filter);
  }

  /**
   * What is held out, in the order of the config: {@code eval.sets}, else {@code data.eval_split}
   * alone.
   */
  public List<HeldOutSet> heldOut() {
    return eval.sets().isEmpty()
        ? List.of(new HeldOutSet(data.evalSplit(), EvalSet.Use.VALIDATION, train.evalEvery(), this))
        : eval.sets().stream().map(this::heldOut).toList();
  }

  private HeldOutSet heldOut(EvalSet set) {
    Integer every = set.every();
    return new HeldOutSet(
        set.name(),
        set.use(),
        set.use() == EvalSet.Use.TEST ? 0 : every == null ? train.evalEvery() : every,
        new Config(run, seed, data.on(set), augment, model, train, eval.onOneSet()));
  }

  /** The set whose figures are the run's result: the first to test on, else what picks the best. */
  public HeldOutSet result() {
    List<HeldOutSet> sets = heldOut();
    return first(sets, EvalSet.Use.TEST).orElseGet(this::picking);
  }

  /** The set that picks the best weights: the first for validation. */
  public HeldOutSet picking() {
    return first(heldOut(), EvalSet.Use.VALIDATION).orElseThrow();
  }

  private static Optional<HeldOutSet> first(List<HeldOutSet> sets, EvalSet.Use use) {
    return sets.stream().filter(set -> set.use() == use).findFirst();
  }

  /** Every setting by its dotted path, in the words of YAML. */
  public Map<String, String> values() {
    return ConfigWriter.values(this);
  }

  /** The whole config as YAML in the order of the records; {@link #load} reads it back equal. */
  public String toYaml() {
    return ConfigWriter.write(this);
  }
}
