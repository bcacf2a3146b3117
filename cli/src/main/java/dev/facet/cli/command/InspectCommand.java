package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.inspect.Inspect;
import dev.facet.cli.inspect.SheetText;
import dev.facet.cli.request.AugmentRequest;
import dev.facet.cli.request.DecodeRequest;
import dev.facet.cli.request.Work;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet inspect}. */
@Command(
    name = "inspect",
    header = "Tell what a dataset holds, or how pictures are read.",
    description =
        "Tells what a dataset holds: rows per split, and from a sample of one split the formats,"
            + " sizes, captions, face boxes and labels. It reads a few hundred rows, however large"
            + " the dataset is. Where the config names a tokenizer, it counts the captions that are"
            + " longer than the model reads. With --decode, tells of picture files how they are"
            + " read; with --augment, draws how training pictures vary.",
    footer = {
      "%nExamples:",
      "  facet inspect data/drawn",
      "  facet inspect /data/faces --split test --sheet faces.png",
      "  facet inspect faces.parquet --set data.columns.captions=text",
      "  facet inspect data/drawn --set model.tokenizer=clip/tokenizer.json",
      "  facet inspect --decode one.jpg two.webp --json",
      "  facet inspect --augment --config my.yaml --out varied.png"
    })
final class InspectCommand implements Callable<Integer> {
  /** What is looked at, where it is not a dataset. */
  static final class Mode {
    @Option(
        names = "--decode",
        description = "Look at single picture files: how each is decoded, or why it is refused.")
    private boolean decode;

    @Option(
        names = "--augment",
        description =
            "Draw pictures of the training split, each beside 16 variations with the operations"
                + " that made them.")
    private boolean augment;
  }

  @Parameters(
      paramLabel = "ROOT",
      arity = "0..*",
      description =
          "Dataset: a file, or a folder of shards, tars, tables or pictures. With --decode, the"
              + " picture files.")
  private List<Path> paths = new ArrayList<>();

  @ArgGroup private Mode mode = new Mode();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Config that names the dataset and says how it is read.")
  private @Nullable Path file;

  @Option(names = "--data", paramLabel = "ROOT", description = "The same as ROOT.")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to look at (default: the largest; with --augment, the training split).")
  private @Nullable String split;

  @Option(
      names = "--sheet",
      paramLabel = "FILE.png",
      description = "Draw a contact sheet: pictures spread over the split, with captions.")
  private @Nullable Path sheet;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Where --augment draws (default: augment.png).")
  private @Nullable Path out;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "How many pictures --augment draws (default: 4).")
  private @Nullable Integer pictures;

  @Option(names = "--json", description = "Print for machines.")
  private boolean json;

  @Mixin private ConfigOptions options;

  private final Console console;
  private final Work work;
  private final HubNames names;

  InspectCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    if (mode.decode) {
      refuse("--data", data, "--decode looks at picture files");
      refuse("--split", split, "--decode looks at picture files");
      refuse("--sheet", sheet, "--decode looks at picture files");
      refuse("--out", out, "it belongs to --augment");
      refuse("--pictures", pictures, "it belongs to --augment");
      decode();
    } else if (mode.augment) {
      refuse("--sheet", sheet, "--augment draws to --out");
      refuse("--json", json ? true : null, "--augment prints nothing");
      augment();
    } else {
      refuse("--out", out, "it belongs to --augment; a contact sheet goes to --sheet");
      refuse("--pictures", pictures, "it belongs to --augment");
      dataset();
    }
    return 0;
  }

  private static void refuse(String option, @Nullable Object value, String why) {
    if (value != null) {
      throw FacetException.usage(option + " has no meaning here: " + why + "; leave it out");
    }
  }

  private void decode() throws Exception {
    if (paths.isEmpty()) {
      throw FacetException.usage("--decode: name the picture files to look at");
    }
    for (Path path : paths) {
      if (!Files.isRegularFile(path)) {
        throw FacetException.usage(
            path
                + (Files.exists(path) ? " is not a file" : " does not exist")
                + ": check the path");
      }
    }
    Config config = Config.loadWithoutData(file, options.assignments());
    work.decode(new DecodeRequest(paths, config.data().decoding(), json), console);
  }

  private void augment() throws Exception {
    int count = pictures == null ? 4 : pictures;
    if (count < 1 || count > AugmentRequest.MOST_PICTURES) {
      throw FacetException.usage(
          "--pictures " + count + ": draw from 1 to " + AugmentRequest.MOST_PICTURES);
    }
    Path target = out == null ? Path.of("augment.png") : out;
    work.augment(new AugmentRequest(config(), split, count, target), console);
    tell(target);
  }

  private void dataset() throws Exception {
    Config config = config();
    SequencedMap<String, Long> splits = work.splits(config.data());
    String chosen = split == null ? largest(splits, config.data().name()) : split;
    try (Dataset dataset = work.open(config.data(), chosen)) {
      CutCaptions cut = cutCaptions(config, dataset);
      Inspect.run(dataset, config.data(), chosen, splits, cut, json, sheet, console.out());
    }
    if (sheet != null) {
      tell(sheet);
    }
  }

  /** The data is what is asked for; a model that cannot be opened is no reason to say nothing. */
  private @Nullable CutCaptions cutCaptions(Config config, Dataset dataset) throws Exception {
    try {
      return work.cutCaptions(config, dataset);
    } catch (FacetException e) {
      console.err().println("note: tokens are not counted: " + e.getMessage());
      return null;
    }
  }

  private void tell(Path drawn) {
    String problem = SheetText.problem();
    if (problem != null) {
      console.err().println("note: " + problem);
    }
    console.err().println("contact sheet: " + drawn);
  }

  private Config config() {
    List<Path> roots = new ArrayList<>(paths);
    if (data != null) {
      roots.add(data);
    }
    if (roots.size() > 1) {
      throw FacetException.usage("name one dataset, not " + roots.size() + ": " + roots);
    }
    if (roots.isEmpty() && file == null) {
      throw FacetException.usage("name the dataset to look at, or a config with --config");
    }
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    if (!roots.isEmpty()) {
      assignments.addAll(Inputs.dataset(data == null ? "ROOT" : "--data", roots.getFirst()));
    }
    Config config = names.in(Config.load(file, assignments));
    Inputs.checkData(config.data());
    if (config.data().pictures() == DataConfig.Pictures.VECTORS) {
      String why = "data.pictures is vectors, which show nothing";
      refuse("--sheet", sheet, why);
      refuse("--augment", mode.augment ? true : null, why);
    }
    return config;
  }

  private static String largest(SequencedMap<String, Long> splits, String name) {
    String best = null;
    for (String split : splits.keySet()) {
      if (best == null || rows(splits, split) > rows(splits, best)) {
        best = split;
      }
    }
    if (best == null) {
      throw FacetException.usage(name + " holds no rows");
    }
    return best;
  }

  private static long rows(SequencedMap<String, Long> splits, String name) {
    return splits.getOrDefault(name, 0L);
  }
}
