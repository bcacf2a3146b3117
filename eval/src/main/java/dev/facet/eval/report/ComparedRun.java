package dev.facet.eval.report;

import dev.facet.eval.log.RunFigures;
import dev.facet.eval.log.RunLine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run beside others.
 *
 * @param name what tells it from them
 * @param state how it stands, in a few words: "done", "going on"
 * @param problem what about it could not be read, or has to be known of it; null is nothing
 * @param settings its config by dotted paths; empty where it could not be read
 * @param lines its log; empty where it could not be read
 * @param figures what the log comes to
 */
public record ComparedRun(
    String name,
    String state,
    @Nullable String problem,
    Map<String, String> settings,
    List<RunLine> lines,
    RunFigures figures) {

  public ComparedRun {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    lines = List.copyOf(lines);
  }

  /** A run of which no more is known than what is wrong with it. */
  public static ComparedRun broken(String name, String problem) {
    return new ComparedRun(name, "broken", problem, Map.of(), List.of(), RunFigures.of(List.of()));
  }

  /** The version of this program that it was last trained with; null where nobody wrote it down. */
  @Nullable String version() {
    return figures.start() == null ? null : figures.start().version();
  }

  /** Steps done, of how many, where that is known. */
  String steps() {
    String done = Figures.count(figures.step());
    return figures.start() == null
        ? done
        : done + " of " + Figures.count(figures.start().totalSteps());
  }
}
