package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.EvalBenchRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet bench eval}. */
@Command(
    name = "eval",
    header = "Measure exact ranking.",
    description =
        "Ranks random unit vectors exactly, as \"facet eval --embeddings\" does in one direction,"
            + " and holds the rate against libtorch's plain float32 matrix product on as many"
            + " threads, measured before and after. With fewer queries than candidates the time of"
            + " all is extrapolated, and called so.",
    footer = {
      "%nExamples:",
      "  facet bench eval",
      "  facet bench eval --queries 20000 --candidates 1000000 --threads 2 --json"
    })
final class EvalBenchCommand implements Callable<Integer> {
  private static final int MOST_WIDTH = 16_384;
  private static final int MOST_SECONDS = 600;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Vectors to rank (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Vectors each is ranked among, at least as many (default: ${DEFAULT-VALUE}).")
  private int candidates;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "512",
      description = "Numbers of a vector (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that rank, and that multiply; 0 = one per core (default: 0).")
  private int threads;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long plain products are measured, each time (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "bench-eval",
      description =
          "Folder for the vectors, 4 bytes a number; it goes again (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--json", description = "Print figures for machines.")
  private boolean json;

  private final Console console;
  private final Work work;

  EvalBenchCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    requireWithin("--queries", queries, 1, candidates);
    requireWithin("--width", width, 1, MOST_WIDTH);
    requireWithin("--threads", threads, 0, 1024);
    requireWithin("--seconds", seconds, 1, MOST_SECONDS);
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    work.benchEval(
        new EvalBenchRequest(queries, candidates, width, count, seconds, folder, json), console);
    return 0;
  }

  private static void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw FacetException.usage(
          String.format(Locale.ROOT, "%s %d: from %d to %d", option, value, least, most));
    }
  }
}
