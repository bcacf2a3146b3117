package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.inspect.Inspect;
import dev.facet.loader.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet inspect}. */
@Command(
    name = "inspect",
    header = "Tell what a dataset holds.",
    description =
        "Tells what a dataset holds: rows per split, and from a sample of one split the formats,"
            + " sizes, captions, face boxes and labels. It reads a few hundred rows, however large"
            + " the dataset is.",
    footer = {
      "%nExamples:",
      "  facet inspect data/drawn",
      "  facet inspect /data/faces --split test --sheet faces.png"
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ROOT",
      description = "Dataset: a folder of shards, or one with captions.jsonl.")
  private Path root;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to look at (default: the largest).")
  private @Nullable String split;

  @Option(
      names = "--sheet",
      paramLabel = "FILE.png",
      description = "Draw a contact sheet of the sample's pictures.")
  private @Nullable Path sheet;

  @Option(names = "--json", description = "Print for machines.")
  private boolean json;

  private final Console console;
  private final Work work;

  InspectCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    SequencedMap<String, Long> splits = work.splits(root);
    String chosen = split == null ? largest(splits) : split;
    try (Dataset dataset = work.open(root, chosen)) {
      Inspect.run(dataset, chosen, splits, json, sheet, console.out());
    }
    if (sheet != null) {
      console.err().println("contact sheet: " + sheet);
    }
    return 0;
  }

  private String largest(SequencedMap<String, Long> splits) {
    String best = null;
    for (String name : splits.keySet()) {
      if (best == null || rows(splits, name) > rows(splits, best)) {
        best = name;
      }
    }
    if (best == null) {
      throw FacetException.usage(root + " holds no rows");
    }
    return best;
  }

  private static long rows(SequencedMap<String, Long> splits, String name) {
    return splits.getOrDefault(name, 0L);
  }
}
