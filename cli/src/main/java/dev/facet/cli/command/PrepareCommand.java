package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.base.hub.HubName;
import dev.facet.cli.config.PrepareConfig;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.ConversionRequest;
import dev.facet.cli.request.Machines;
import dev.facet.cli.request.PrepareRequest;
import dev.facet.cli.request.TakeDownRequest;
import dev.facet.cli.request.Work;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.SourceSettings;
import dev.facet.prepare.convert.Conversion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet prepare}. */
@Command(
    name = "prepare",
    header = "Make shards of a published data set.",
    description =
        "Fetches the pictures that a published table names, or takes those that are there, cuts out"
            + " faces, leaves out what the config says, and writes shards to train on, with counts"
            + " of everything that was lost (prepare.json, rows/). Stop it any time: the same"
            + " command goes on where it stopped, and fetches nothing twice.",
    footer = {
      "%nExamples:",
      "  facet prepare --config configs/prepare/facecaption-15m.yaml \\",
      "    --source FaceCaption-v2.parquet --out data/facecaption-15m",
      "  facet prepare --config configs/prepare/folder.yaml --source photos --out data/photos",
      "  facet prepare --engine spark --master spark://host:7077 --config CONFIG --source SOURCE"
          + " \\",
      "    --out DIR",
      "  facet prepare --takedown list.txt --in data/photos",
      "  facet prepare --to webdataset --source data/photos --out tars"
    })
final class PrepareCommand implements Callable<Integer> {
  /** Words that a shell leaves alone. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with the settings that differ from \"facet config --prepare\".")
  private @Nullable Path file;

  @Mixin private PrepareOptions options;

  @Option(
      names = "--source",
      paramLabel = "PATH",
      description =
          "File or folder of the data set as it was published, or its name on the Hub,"
              + " hf:datasets/OWNER/NAME.")
  private @Nullable String source;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the shards: new, empty, or begun by this command.")
  private @Nullable Path out;

  @Option(
      names = "--takedown",
      paramLabel = "LIST",
      description =
          "File of what must not be in it, an entry per line: id:, url:, sha256: or host: and what"
              + " is meant.")
  private @Nullable Path takedown;

  @Option(
      names = "--embeddings",
      paramLabel = "PATH",
      description =
          "File or folder of vectors that stand in place of pictures, for source.kind embeddings.")
  private @Nullable Path embeddings;

  @Mixin private EngineOptions engine;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description =
          "Folder of shards that are there: what --takedown names is removed from them, with all"
              + " copies of it, and stays away. Nothing else is done.")
  private @Nullable Path in;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      description =
          "Write data whose pictures are there in a form for other programs, instead of shards:"
              + " webdataset (tars as img2dataset writes them) or llava (conversations beside"
              + " pictures).")
  private Conversion.@Nullable Form to;

  @Option(
      names = "--samples-per-file",
      paramLabel = "N",
      description = "Samples of a tar, or pictures of a folder, for --to (default: 10000).")
  private @Nullable Integer samplesPerFile;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "What is asked before each caption, for --to llava (default: Describe this picture.).")
  private @Nullable String prompt;

  @Option(
      names = "--dry-run",
      description = "Fetch nothing: count the rows, and estimate bytes and time.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the counts as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Console console;
  private final Work work;
  private final HubNames names;

  PrepareCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    if (in != null) {
      return takeDown(in);
    }
    if (source == null || out == null) {
      throw FacetException.usage(
          (source == null ? "--source" : "--out")
              + " is missing: name the data set by --source and the folder for the shards by"
              + " --out");
    }
    if (to != null && (dryRun || takedown != null || embeddings != null || engine.areGiven())) {
      throw FacetException.usage(
          "--to writes what is there as it is: leave out --dry-run, --takedown, --embeddings,"
              + " --engine, --master and --store");
    }
    checkForm();
    // Clusters have addresses of their own.
    String place = HubName.is(source) ? names.path(Path.of(source)).toString() : source;
    Machines machines = engine.machines(place);
    Path from = Path.of(place);
    if (dryRun) {
      dryRun(from, out, machines);
      return 0;
    }
    PrepareSettings settings =
        PrepareConfig.withPaths(PrepareConfig.load(file, options.assignments()), names::path);
    if (machines.source() == null && !Files.exists(from)) {
      throw FacetException.usage("--source: nothing at " + source + ": name a file or folder");
    }
    if (to != null) {
      convert(settings, to, from, out);
      return 0;
    }
    checkEmbeddings(settings);
    checkMachines(settings, machines);
    work.prepare(request(settings, from, out, machines), console);
    return 0;
  }

  private void dryRun(Path from, Path to, Machines machines) throws Exception {
    if (machines.source() != null) {
      throw FacetException.usage(
          "--dry-run looks at a source on this machine: copy it there, or leave that out");
    }
    PrepareConfig.Checked checked = PrepareConfig.check(file, options.assignments());
    List<String> problems = new ArrayList<>(checked.problems());
    try {
      checkEmbeddings(checked.settings());
    } catch (FacetException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    problems.addAll(work.prepareDryRun(request(checked.settings(), from, to, machines), console));
    Problems.throwIfAny(problems);
    console.out().print(PrepareConfig.toYaml(checked.settings()));
  }

  private void checkMachines(PrepareSettings settings, Machines machines) {
    if (!machines.engine().equals(Machines.LOCAL) && embeddings != null) {
      throw FacetException.usage(
          "--embeddings are joined by one process: leave out --engine " + machines.engine());
    }
    if (machines.source() != null && settings.source().kind() != SourceSettings.Kind.ADDRESSES) {
      throw FacetException.usage(
          "--source "
              + machines.source()
              + ": pictures that are there have to lie on a path that every machine has; only"
              + " tables of addresses are brought from elsewhere");
    }
  }

  private void convert(PrepareSettings settings, Conversion.Form form, Path from, Path into)
      throws Exception {
    int samples = samplesPerFile == null ? 10_000 : samplesPerFile;
    String question = prompt == null ? "Describe this picture." : prompt;
    work.convert(
        new ConversionRequest(
            new Conversion.Request(settings.source().pictures(from), into, form, samples, question),
            json),
        console);
  }

  private PrepareRequest request(
      PrepareSettings settings, Path from, Path into, Machines machines) {
    String command =
        spec.commandLine().getParseResult().originalArgs().stream()
            .map(PrepareCommand::quoted)
            .collect(Collectors.joining(" ", "facet ", ""));
    return new PrepareRequest(settings, from, into, takedown, command, embeddings, machines, json);
  }

  /** A word of a command as a shell takes it. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** What is said of the form of files, and whether it is heeded. */
  private void checkForm() {
    if (to == null && samplesPerFile != null) {
      throw FacetException.usage(
          "--samples-per-file goes with --to; the rows of a shard are shards.rows_per_shard");
    }
    if (to != Conversion.Form.LLAVA && prompt != null) {
      throw FacetException.usage("--prompt goes with --to llava: leave it out");
    }
    if (samplesPerFile != null && samplesPerFile < 1) {
      throw FacetException.usage("--samples-per-file " + samplesPerFile + ": 1 or more");
    }
    if (prompt != null && (prompt.isBlank() || prompt.contains("<image>"))) {
      throw FacetException.usage(
          "--prompt '" + prompt + "': a question, without the <image> that is put before it");
    }
  }

  private void checkEmbeddings(PrepareSettings settings) {
    boolean wanted = settings.source().kind() == SourceSettings.Kind.EMBEDDINGS;
    if (embeddings == null) {
      if (wanted) {
        throw FacetException.usage(
            "source.kind embeddings needs --embeddings PATH: the file or folder of the vectors");
      }
    } else if (!wanted) {
      throw FacetException.usage(
          "--embeddings goes with source.kind embeddings: set that, or leave it out");
    } else if (!Files.exists(embeddings)) {
      throw FacetException.usage(
          "--embeddings: nothing at " + embeddings + ": name a file or folder");
    }
  }

  private int takeDown(Path folder) throws Exception {
    if (takedown == null) {
      throw FacetException.usage("--in needs --takedown LIST: what is to be removed");
    }
    if (source != null
        || out != null
        || file != null
        || embeddings != null
        || to != null
        || engine.areGiven()
        || dryRun
        || !options.assignments().isEmpty()) {
      throw FacetException.usage(
          "--in changes shards that are there: leave out --source, --out, --config, --set, --to,"
              + " --embeddings, --engine, --master, --store and --dry-run");
    }
    work.takeDown(new TakeDownRequest(takedown, folder, json), console);
    return 0;
  }
}
