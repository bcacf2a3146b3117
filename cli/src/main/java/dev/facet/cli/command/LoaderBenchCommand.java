package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.LoaderBenchRequest;
import dev.facet.cli.request.Work;
import dev.facet.loader.picture.PixelType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet bench loader}. */
@Command(
    name = "loader",
    header = "Measure the loader.",
    description =
        "Reads, decodes, crops and batches pictures as a run would, with no model behind it, and"
            + " tells pictures per second and what limits them, in one last sentence. With"
            + " several numbers of threads, also how the speed grows with them.",
    footer = {
      "%nExamples:",
      "  facet bench loader --data data/drawn",
      "  facet bench loader --config my.yaml --threads 1,2,4,8 --runs 3"
    })
final class LoaderBenchCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Config of the run to imitate (default: the defaults).")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "ROOT",
      description = "Dataset; required where no config names one.")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to read (default: data.train_split).")
  private @Nullable String split;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long each run measures, after a warm-up (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs for each number of threads; the median counts (default: 1).")
  private int runs;

  @Option(
      names = "--threads",
      paramLabel = "N,N",
      split = ",",
      description =
          "Worker threads, or several to compare (default: the config's; 0 = one per core).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--pixels",
      paramLabel = "TYPE",
      defaultValue = "uint8",
      description =
          "What batches hold: uint8, normalised on the device, as in training; or float32,"
              + " normalised by the loader (default: ${DEFAULT-VALUE}).")
  private PixelType pixels;

  @Option(names = "--json", description = "Print figures for machines.")
  private boolean json;

  @Mixin private ConfigOptions options;

  private final Console console;
  private final Work work;
  private final HubNames names;

  LoaderBenchCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    if (seconds < 1) {
      throw FacetException.usage("--seconds " + seconds + ": measure at least 1 second");
    }
    if (runs < 1) {
      throw FacetException.usage("--runs " + runs + ": measure at least once");
    }
    if (file == null && data == null) {
      throw FacetException.usage("name the dataset with --data ROOT, or a config with --config");
    }
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    if (data != null) {
      assignments.addAll(Inputs.dataset("--data", data));
    }
    for (int count : threads) {
      if (count < 0 || count > 1024) {
        throw FacetException.usage(
            "--threads " + count + ": from 1 to 1024, or 0 for one per core");
      }
    }
    Config config = names.in(Config.load(file, assignments));
    Inputs.check(config);
    List<Integer> counts = threads.isEmpty() ? List.of(config.data().read().threads()) : threads;
    String chosen = split == null ? config.data().trainSplit() : split;
    work.benchLoader(
        new LoaderBenchRequest(config, chosen, counts, runs, seconds, pixels, json), console);
    return 0;
  }
}
