package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EmbedRequest;
import dev.facet.cli.request.EmbedRequest.NumberType;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet embed}. */
@Command(
    name = "embed",
    header = "Write the embeddings of a data set as Parquet.",
    description = {
      "Writes the unit vector of every picture and of every caption of a split: DIR/pictures and"
          + " DIR/captions, with id and embedding, and DIR/embed.json, which says of what they are"
          + " and what was skipped. \"facet eval --embeddings DIR\" scores them without the model;"
          + " DIR/pictures is a data set of stored vectors itself.",
      "%nFiles appear part by part. A run that was ended goes on with the same command, and ends in"
          + " the same bytes."
    },
    footer = {
      "%nExamples:",
      "  facet embed --run runs/faces --split test --out data/faces-embedded",
      "  facet embed --checkpoint my-clip --data /data/faces --split train,test \\",
      "    --type float16 --out data/faces-embedded"
    })
final class EmbedCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 1_000_000;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Weights weights = new Weights();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder to make, or to go on with. With several splits each gets a folder in it.")
  private Path out;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "float32, or float16, which rounds (default: ${DEFAULT-VALUE}).")
  private NumberType type;

  @Option(
      names = "--rows-per-file",
      paramLabel = "N",
      defaultValue = "8192",
      description =
          "Rows of the data in a file, made whole batches; what an ended run has begun of one is"
              + " made anew (default: ${DEFAULT-VALUE}).")
  private int rowsPerFile;

  @Option(names = "--json", description = "Print embed.json in place of a line.")
  private boolean json;

  @Mixin private Applied applied;

  private final Console console;
  private final Work work;
  private final HubNames names;

  EmbedCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    if (rowsPerFile < 1 || rowsPerFile > MOST_ROWS) {
      throw FacetException.usage("--rows-per-file " + rowsPerFile + ": from 1 to " + MOST_ROWS);
    }
    EvalRequest.Weights model = weights.requested();
    List<Config> configs = applied.configs(names, model);
    for (Config config : configs) {
      Path folder = configs.size() == 1 ? out : out.resolve(config.data().evalSplit());
      work.embed(new EmbedRequest(model, config, folder, type, rowsPerFile, json), console);
    }
    return 0;
  }
}
