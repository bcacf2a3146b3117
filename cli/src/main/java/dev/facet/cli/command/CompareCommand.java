package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.CompareRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet compare}. */
@Command(
    name = "compare",
    header = "Compare evaluations of the same pairs.",
    description =
        "Tells by how much the figures of evaluations differ from those of the first, with 95 %%"
            + " intervals and p-values (pictures are drawn for both at once), and which captions"
            + " find their picture earlier or later.",
    footer = {
      "%nExamples:",
      "  facet compare runs/old runs/new",
      "  facet compare runs/a/eval-val.json runs/b/eval-val.json --json"
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "2..*",
      paramLabel = "RESULT",
      description = "eval.json files, or folders with one; each is held against the first.")
  private List<Path> results = List.of();

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Samples of pictures that intervals are made of (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the samples (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Captions to name whose picture moved most (default: ${DEFAULT-VALUE}); 0 = none.")
  private int examples;

  @Option(names = "--json", description = "Print JSON in place of tables.")
  private boolean json;

  private final Console console;
  private final Work work;

  CompareCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    if (resamples < 1) {
      throw FacetException.usage("--resamples " + resamples + ": 1 or more");
    }
    if (examples < 0) {
      throw FacetException.usage("--examples " + examples + ": 0 or more");
    }
    work.compare(new CompareRequest(results, resamples, seed, examples, json), console);
    return 0;
  }
}
