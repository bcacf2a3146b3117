package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
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
        "Reads, decodes, crops and batches the training split as a run would, with no model behind"
            + " it, and tells pictures per second and what limits them.",
    footer = {
      "%nExamples:",
      "  facet bench loader --data data/drawn",
      "  facet bench loader --config my.yaml --threads 8"
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
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long to measure, after a warm-up (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Worker threads (default: the config's; 0 = one per core).")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Print figures for machines.")
  private boolean json;

  @Mixin private ConfigOptions options;

  private final Console console;
  private final Work work;

  LoaderBenchCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    if (seconds < 1) {
      throw FacetException.usage("--seconds " + seconds + ": measure at least 1 second");
    }
    if (file == null && data == null) {
      throw FacetException.usage("name the dataset with --data ROOT, or a config with --config");
    }
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    if (data != null) {
      assignments.addAll(Inputs.dataset("--data", data));
    }
    if (threads != null) {
      assignments.add(Assignment.option("--threads", "data.threads", threads));
    }
    Config config = Config.load(file, assignments);
    Inputs.check(config);
    work.benchLoader(new LoaderBenchRequest(config, seconds, json), console);
    return 0;
  }
}
