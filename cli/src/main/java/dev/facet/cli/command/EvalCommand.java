package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.HeldOutSet;
import dev.facet.cli.config.RunConfig;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.Requirement;
import dev.facet.cli.request.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet eval}. */
@Command(
    name = "eval",
    header = "Score a model on held-out pictures: recall@K.",
    description =
        "Scores a model on captioned pictures it was not trained on: for each picture, how far up"
            + " its caption ranks among all captions, and the other way round (recall@1, 5, 10,"
            + " median rank, mean reciprocal rank), with 95 %% intervals.",
    footer = {
      "%nSettings not given here are those of the run; with --checkpoint,",
      "those of a config.yaml in its folder, else the defaults.",
      "%nExamples:",
      "  facet eval --run runs/quickstart",
      "  facet eval --checkpoint my-clip --data /data/faces --json",
      "  facet eval --run runs/nightly --require \"text_to_image.r1>=0.40\""
    })
final class EvalCommand implements Callable<Integer> {
  /** What says by itself which rows are scored. */
  private static final Set<String> PLACES = Set.of("data.root", "data.mixture", "data.eval_split");

  /** Where the weights are: exactly one of the two. */
  static final class Model {
    @Option(
        names = "--run",
        required = true,
        paramLabel = "DIR",
        description = "Run directory: its best checkpoint is scored on its data.")
    private @Nullable Path run;

    @Option(
        names = "--checkpoint",
        required = true,
        paramLabel = "DIR",
        description = "Checkpoint of a run, or a model folder: Hugging Face, OpenCLIP or FLIP.")
    private @Nullable Path checkpoint;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Model model = new Model();

  @Option(
      names = "--data",
      paramLabel = "ROOT",
      description = "Dataset: a folder of shards, or one with captions.jsonl.")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to score (default: the run's).")
  private @Nullable String split;

  @Option(
      names = "--on",
      paramLabel = "NAME",
      description =
          "Which of the config's eval.sets to score (default: the first to test on, else the one"
              + " that picks the best weights).")
  private @Nullable String set;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write eval.json and report.html there (default: the run directory; nowhere with"
              + " --checkpoint). Results of another split, checkpoint, data set or settings than the"
              + " run's own have that in their names, as in eval-val.json.")
  private @Nullable Path out;

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

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "eval.json of an earlier evaluation of the same pairs, or its folder: differences with"
              + " 95 %% intervals are told and stand under \"baseline\".")
  private @Nullable Path baseline;

  @Option(
      names = "--require",
      paramLabel = "FIGURE>=N",
      description =
          "What a figure of eval.json has to be, as in \"text_to_image.r1>=0.40\" (>=, <=, > or <);"
              + " may be repeated. The exit code is 1 if one is not.")
  private List<String> required = List.of();

  @Option(names = "--json", description = "Print eval.json in place of the table.")
  private boolean json;

  @Mixin private ConfigOptions options;

  private final Console console;
  private final Work work;

  EvalCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    Path run = model.run;
    EvalRequest.Weights weights =
        run != null
            ? new EvalRequest.BestOfRun(folder("--run", run))
            : new EvalRequest.Checkpoint(folder("--checkpoint", model.checkpoint));
    Config config = config(weights);
    Inputs.checkData(config.data());
    List<Requirement> figures = required.stream().map(Requirement::parse).toList();
    Path results = out == null ? run : out;
    work.eval(new EvalRequest(weights, config, results, baseline, figures, json), console);
    return 0;
  }

  private Config config(EvalRequest.Weights weights) {
    Path saved = weights.folder().resolve(RunConfig.CONFIG_FILE);
    boolean known = Files.exists(saved);
    if (!known && weights instanceof EvalRequest.BestOfRun) {
      throw FacetException.usage(
          weights.folder() + " is not a run directory: there is no " + RunConfig.CONFIG_FILE);
    }
    if (!known && data == null) {
      throw FacetException.usage("name the dataset to score on with --data ROOT");
    }
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    if (data != null) {
      assignments.addAll(Inputs.dataset("--data", data));
    }
    add(assignments, "--split", "data.eval_split", split);
    add(assignments, "--batch", "eval.batch", batch);
    add(assignments, "--device", "model.device", device);
    return heldOut(Config.load(known ? saved : null, assignments), assignments);
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

  private static void add(
      List<Assignment> assignments, String option, String key, @Nullable Object value) {
    if (value != null) {
      assignments.add(Assignment.option(option, key, value));
    }
  }

  private static Path folder(String option, @Nullable Path path) {
    if (path == null || !Files.isDirectory(path)) {
      throw FacetException.usage(option + " " + path + ": there is no such folder");
    }
    return path;
  }
}
