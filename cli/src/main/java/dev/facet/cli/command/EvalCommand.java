package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.LabelRequest;
import dev.facet.cli.request.Requirement;
import dev.facet.cli.request.StoredEvalRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
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
      "  facet eval --embeddings data/faces-embedded",
      "  facet eval --run runs/nightly --require \"text_to_image.r1>=0.40\""
    })
final class EvalCommand implements Callable<Integer> {
  private static final String WORK = ".eval";

  /** What is scored: a model, or what one has made already. */
  static final class Scored {
    @ArgGroup(exclusive = true)
    private @Nullable Weights weights;

    @Option(
        names = "--embeddings",
        required = true,
        paramLabel = "DIR",
        description = "Folder that \"facet embed\" wrote: its vectors are scored, with no model.")
    private @Nullable Path embeddings;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Scored scored = new Scored();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write eval.json and report.html there (default: the run directory; nowhere with"
              + " --checkpoint). Results of another split, checkpoint, data set or settings than"
              + " the run's own have that in their names, as in eval-val.json.")
  private @Nullable Path out;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "For --embeddings: where the vectors lie while they are ranked, and what an ended"
              + " evaluation goes on with; it goes when all is done (default: .eval in the folder"
              + " of the embeddings).")
  private @Nullable Path keep;

  @Option(
      names = "--by",
      paramLabel = "LABEL",
      description =
          "Split all figures by a label of the pictures, with the largest gap; may be repeated.")
  private List<String> by = List.of();

  @Option(
      names = "--zero-shot",
      paramLabel = "PROMPTS",
      description =
          "Tell attributes of the pictures by prompts: a JSON file of them, or celeba, which are"
              + " those of CelebA's 40 attributes.")
  private @Nullable Path zeroShot;

  @Option(
      names = "--probe",
      paramLabel = "LABEL",
      description =
          "Learn a label from the pictures' vectors by logistic regression and test it on others;"
              + " may be repeated.")
  private List<String> probe = List.of();

  @Option(
      names = "--fractions",
      paramLabel = "SHARE",
      split = ",",
      description =
          "Shares of the labelled pictures that --probe learns from (default: 0.01,0.1,1).")
  private List<Double> fractions = List.of();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Labels of the pictures for --by, --zero-shot and --probe: a CSV whose column id (or first) has ids"
              + " or file names, or CelebA's list_attr_celeba.txt (default: those of the data).")
  private @Nullable Path labels;

  @Option(
      names = "--text-model",
      paramLabel = "DIR",
      description = "With --embeddings, the model that made them, which reads the prompts.")
  private @Nullable Path textModel;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "eval.json of an earlier evaluation of the same pairs, or its folder: differences with"
              + " 95 %% intervals are told and stand under \"baseline\".")
  private @Nullable Path baseline;

  @Option(
      names = "--rerank",
      paramLabel = "N",
      description =
          "Order the first N candidates of each query anew by FLIP's matching head; its own"
              + " protocol is 256 (default: eval.rerank, 0 = none).")
  private @Nullable Integer rerank;

  @Option(
      names = "--require",
      paramLabel = "FIGURE>=N",
      description =
          "What a figure of eval.json has to be, as in \"text_to_image.r1>=0.40\" (>=, <=, > or <);"
              + " may be repeated. The exit code is 1 if one is not.")
  private List<String> required = List.of();

  @Option(
      names = "--blend",
      paramLabel = "SHARE",
      split = ",",
      description =
          "Score weights between those the run started from (0) and the checkpoint (1) too, as in"
              + " 0,0.25,0.5,0.75,1: a table, \"blend\" in eval.json and charts in the report. Pick"
              + " a share on a validation set (--on), not on the test.")
  private List<Double> blend = List.of();

  @Option(
      names = "--start",
      paramLabel = "DIR",
      description = "For --blend, where the run started from (default: its model.init).")
  private @Nullable Path start;

  @Option(names = "--json", description = "Print eval.json in place of the table.")
  private boolean json;

  @Mixin private Applied applied;

  private final Console console;
  private final Work work;
  private final HubNames names;

  EvalCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    List<Requirement> figures = required.stream().map(Requirement::parse).toList();
    Inputs.checkBlend(blend, start);
    if (!blend.isEmpty() && scored.weights == null) {
      throw FacetException.usage(
          "--blend scores weights, of which --embeddings has none: leave one of them out");
    }
    Weights weights = scored.weights;
    LabelRequest asked = asked(weights == null);
    if (rerank != null) {
      applied.set(Assignment.option("--rerank", "eval.rerank", rerank));
    }
    if (weights == null) {
      Path folder = Applied.folder("--embeddings", scored.embeddings);
      Config config = applied.stored(folder);
      Path kept = keep == null ? folder.resolve(WORK) : keep;
      work.eval(
          new StoredEvalRequest(
              folder, config, kept, asked, textModel, out, baseline, figures, json),
          console);
      return 0;
    }
    if (keep != null) {
      throw FacetException.usage(
          "--work is where stored vectors are ranked: it goes with --embeddings");
    }
    EvalRequest.Weights model = weights.requested();
    List<Config> configs = applied.configs(names, model);
    Path results = out == null ? weights.run() : out;
    SequencedMap<String, FacetException> failed = new LinkedHashMap<>();
    for (Config config : configs) {
      try {
        work.eval(
            new EvalRequest(model, config, asked, results, baseline, figures, blend, start, json),
            console);
      } catch (FacetException e) {
        // One split that is not as required keeps none of the others from being scored.
        if (configs.size() == 1) {
          throw e;
        }
        console.err().println(config.data().evalSplit() + ": " + e.getMessage());
        failed.put(config.data().evalSplit(), e);
      }
    }
    if (!failed.isEmpty()) {
      throw failed
          .firstEntry()
          .getValue()
          .saying("not as asked for, see above: " + String.join(", ", failed.keySet()));
    }
    return 0;
  }

  /** What is to be told by labels, where that can be. */
  private LabelRequest asked(boolean stored) {
    LabelRequest asked =
        new LabelRequest(
            by.stream().distinct().toList(),
            labels,
            zeroShot,
            probe.stream().distinct().toList(),
            fractions.isEmpty() ? List.of(0.01, 0.1, 1.0) : fractions.stream().distinct().toList());
    for (double share : fractions) {
      if (!(share > 0 && share <= 1)) {
        throw FacetException.usage(
            "--fractions " + share + ": expects shares above 0, at most 1, as in 0.01,0.1,1");
      }
    }
    if (probe.isEmpty() && !fractions.isEmpty()) {
      throw FacetException.usage("--fractions is for --probe: give both, or neither");
    }
    if (asked.isEmpty() && labels != null) {
      throw FacetException.usage(
          "--labels is for --by, --zero-shot and --probe: give one of these too");
    }
    if (labels != null) {
      Applied.file("--labels", labels);
    }
    if (stored && !asked.isEmpty() && labels == null) {
      throw FacetException.usage(
          "stored embeddings have no labels: name a file that has those of their ids with --labels");
    }
    if ((stored && zeroShot != null) != (textModel != null)) {
      throw FacetException.usage(
          "--embeddings with --zero-shot takes the model that made them, to read the prompts, with"
              + " --text-model; nothing else does");
    }
    if (textModel != null) {
      Applied.folder("--text-model", textModel);
    }
    return asked;
  }
}
