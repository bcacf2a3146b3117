package dev.facet.cli.runs;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.RunConfig;
import dev.facet.eval.log.EndLine;
import dev.facet.eval.log.RunFigures;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.report.ComparedRun;
import dev.facet.train.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a run's folder; whatever is wrong with it is told, and hides no other run. */
final class StoredRun {
  private final Path folder;
  private final List<String> problems = new ArrayList<>();

  private StoredRun(Path folder) {
    this.folder = folder;
  }

  static ComparedRun open(Path folder, String name) {
    return new StoredRun(folder).read(name);
  }

  private ComparedRun read(String name) {
    List<RunLine> lines;
    try {
      if (!Files.exists(folder.resolve(RunLog.FILE))) {
        return ComparedRun.broken(name, "its log, %s, is not there".formatted(RunLog.FILE));
      }
      lines = RunLog.read(folder);
    } catch (IOException | FacetException e) {
      return ComparedRun.broken(name, "its log cannot be read: " + e.getMessage());
    }
    RunFigures figures = RunFigures.of(lines);
    String state = state(figures);
    if (figures.step() > 0 && figures.best().isEmpty()) {
      problems.add("not evaluated yet");
    }
    Map<String, String> settings = settings();
    return new ComparedRun(
        name,
        state,
        problems.isEmpty() ? null : String.join("; ", problems),
        settings,
        lines,
        figures);
  }

  private String state(RunFigures figures) {
    RunDirectory.Worker worker = worker();
    if (worker != null && worker.seen()) {
      return figures.step() == 0 ? "starting" : "going on";
    }
    if (worker != null) {
      problems.add("%s holds it, which cannot be seen from this machine".formatted(worker.name()));
      return "held elsewhere";
    }
    if (figures.step() == 0) {
      return "no step yet";
    }
    if (figures.start() == null) {
      problems.add("its log is of an older version, which told neither its length nor its end");
      return "not known";
    }
    EndLine end = figures.end();
    if (end == null) {
      problems.add("it failed or was killed; facet train --resume goes on");
      return "broken off";
    }
    return end.finished() ? "done" : "stopped";
  }

  private RunDirectory.@Nullable Worker worker() {
    try {
      return RunDirectory.worker(folder);
    } catch (IOException | RuntimeException e) {
      problems.add("who works in it cannot be told: " + e.getMessage());
      return null;
    }
  }

  private Map<String, String> settings() {
    Path file = folder.resolve(RunConfig.CONFIG_FILE);
    if (!Files.exists(file)) {
      problems.add(RunConfig.CONFIG_FILE + " is not there");
      return Map.of();
    }
    try {
      return Config.loadWithoutData(file, List.of()).values();
    } catch (FacetException e) {
      problems.add("its settings cannot be read by this version: " + firstLine(e));
      return Map.of();
    }
  }

  private static String firstLine(FacetException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
