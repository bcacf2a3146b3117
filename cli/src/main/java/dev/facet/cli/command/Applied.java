package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.HeldOutSet;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.settings.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a finished model is applied to, and how: options of every command that does so. */
final class Applied {
  /** What says by itself which rows are meant. */
  private static final Set<String> PLACES = Set.of("data.root", "data.mixture", "data.eval_split");

  @Option(
      names = "--data",
      paramLabel = "ROOT",
      description = "Dataset: a folder of shards, or one with captions.jsonl.")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      split = ",",
      description = "Split of it, or several, as in val,test (default: data.eval_split).")
  private List<String> splits = List.of();

  @Option(
      names = "--on",
      paramLabel = "NAME",
      description =
          "Which of the config's eval.sets to take (default: the first to test on, else the one"
              + " that picks the best weights).")
  private @Nullable String set;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures embedded at once (default: 256).")
  private @Nullable Integer batch;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "auto, cpu or cuda (default: auto).")
  private @Nullable String device;

  @Mixin private ConfigOptions options;

  private final List<Assignment> more = new ArrayList<>();

  /** A setting that another option of the command gives. */
  void set(Assignment assignment) {
    more.add(assignment);
  }

  /**
   * One config for each split, in their order; they differ in nothing else. Names on the Hub are
   * folders in it.
   */
  List<Config> configs(HubNames names, EvalRequest.Weights weights) {
    Path saved = weights.folder().resolve(RunConfig.CONFIG_FILE);
    boolean known = Files.exists(saved);
    if (!known && weights instanceof EvalRequest.BestOfRun) {
      throw FacetException.usage(
          weights.folder() + " is not a run directory: there is no " + RunConfig.CONFIG_FILE);
    }
    if (!known && data == null) {
      throw FacetException.usage("name the dataset to score on with --data ROOT");
    }
    List<Config> configs = new ArrayList<>();
    SequencedSet<@Nullable String> asked = new LinkedHashSet<>(splits);
    if (asked.isEmpty()) {
      asked.add(null);
    }
    for (String split : asked) {
      List<Assignment> assignments = assignments(split);
      Config whole = names.in(Config.load(known ? saved : null, assignments));
      Config config = heldOut(whole, assignments);
      Inputs.checkData(config.data());
      configs.add(config);
    }
    return configs;
  }

  /** The config of what a model has made already. */
  Config stored(Path embeddings) {
    boolean named = !splits.isEmpty() || batch != null || device != null;
    if (!more.isEmpty()) {
      throw FacetException.usage(
          "--rerank: a matching head reads pictures, and stored vectors are none: name the model"
              + " with --run or --checkpoint");
    }
    if (named || data != null || set != null) {
      throw FacetException.usage(
          "--data, --split, --on, --batch and --device are for a model; what --embeddings holds is"
              + " scored as it is: leave them out");
    }
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    assignments.addAll(Inputs.dataset("--embeddings", embeddings));
    assignments.add(Assignment.option("--embeddings", "data.pictures", "vectors"));
    return Config.load(null, assignments);
  }

  /** The set that is asked for; data or a split that is named instead goes before all sets. */
  private Config heldOut(Config config, List<Assignment> assignments) {
    boolean named = assignments.stream().map(Assignment::key).anyMatch(PLACES::contains);
    if (set == null) {
      return named ? config : config.result().config();
    }
    List<HeldOutSet> sets = config.heldOut();
    if (named) {
      throw FacetException.usage(
          "--on %s names data and a split already: leave out --data and --split".formatted(set));
    }
    return sets.stream()
        .filter(each -> each.name().equals(set))
        .findFirst()
        .orElseThrow(
            () ->
                FacetException.usage(
                    "--on %s: there is no such set; there are %s"
                        .formatted(
                            set,
                            sets.stream().map(HeldOutSet::name).collect(Collectors.joining(", ")))))
        .config();
  }

  private List<Assignment> assignments(@Nullable String split) {
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    assignments.addAll(more);
    if (data != null) {
      assignments.addAll(Inputs.dataset("--data", data));
    }
    add(assignments, "--split", "data.eval_split", split);
    add(assignments, "--batch", "eval.batch", batch);
    add(assignments, "--device", "model.device", device);
    return assignments;
  }

  private static void add(
      List<Assignment> assignments, String option, String key, @Nullable Object value) {
    if (value != null) {
      assignments.add(Assignment.option(option, key, value));
    }
  }

  /** A folder that an option names and that is there. */
  static Path folder(String option, @Nullable Path path) {
    if (path == null || !Files.isDirectory(path)) {
      throw FacetException.usage(option + " " + path + ": there is no such folder");
    }
    return path;
  }

  /** A file that an option names, which has to be there. */
  static void file(String option, Path path) {
    if (!Files.isRegularFile(path)) {
      throw FacetException.usage(option + " " + path + ": there is no such file");
    }
  }
}
