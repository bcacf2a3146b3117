package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import dev.facet.cli.request.RunsRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facet runs}. */
@Command(
    name = "runs",
    header = "Compare training runs.",
    description =
        "Finds all runs below a folder and tells, side by side, how each stands, what it took, its"
            + " best figures on each held-out set, and which settings differ; runs that go on are"
            + " among them. The page has the curves too.",
    footer = {"%nExamples:", "  facet runs runs", "  facet runs runs/sweep --json"})
final class RunsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description = "Folder that runs lie in, at any depth; or a run itself.")
  private Path folder = Path.of("");

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Where the page goes (default: runs.html in DIR).")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print JSON in place of the table.")
  private boolean json;

  private final Console console;
  private final Work work;

  RunsCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    work.runs(new RunsRequest(folder, page, json), console);
    return 0;
  }
}
