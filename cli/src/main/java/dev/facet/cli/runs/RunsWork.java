package dev.facet.cli.runs;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.RunsRequest;
import dev.facet.eval.report.ComparedRun;
import dev.facet.eval.report.ComparedRuns;
import dev.facet.eval.report.RunsJson;
import dev.facet.eval.report.RunsPage;
import dev.facet.eval.report.RunsTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code facet runs}. */
public final class RunsWork {
  private RunsWork() {}

  /** Reads, prints and writes. */
  public static void run(RunsRequest request, Console console) throws IOException {
    Path folder = request.folder();
    if (!Files.isDirectory(folder)) {
      throw FacetException.usage(folder + " is no folder: name one that runs lie in");
    }
    RunFolders folders = RunFolders.below(folder);
    if (folders.found().isEmpty()) {
      throw FacetException.usage(
          folder
              + " has no run in it, at any depth: name the folder that run.dir lies in (runs, unless the"
              + " config says otherwise)");
    }
    List<ComparedRun> runs =
        folders.found().stream().map(each -> StoredRun.open(each, name(folder, each))).toList();
    ComparedRuns compared = new ComparedRuns(folder.toString(), runs, folders.notes());
    Path given = request.page();
    Path page = given == null ? folder.resolve("runs.html") : given;
    write(page, compared);
    console
        .out()
        .print(
            request.json()
                ? Json.PRETTY.writeValueAsString(RunsJson.of(compared)) + System.lineSeparator()
                : RunsTable.of(compared));
    PrintWriter lines = request.json() ? console.err() : console.out();
    lines.println("page  " + page);
  }

  private static void write(Path page, ComparedRuns runs) throws IOException {
    Path folder = page.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw FacetException.usage(
          page + " cannot be written: name a file in a folder that can be with --page");
    }
    RunsPage.write(page, runs);
  }

  /** Where a run lies from the folder on. */
  private static String name(Path folder, Path run) {
    String below = folder.relativize(run).toString().replace('\\', '/');
    return below.isEmpty() ? String.valueOf(run.toAbsolutePath().normalize().getFileName()) : below;
  }
}
