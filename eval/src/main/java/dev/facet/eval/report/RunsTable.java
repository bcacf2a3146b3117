package dev.facet.eval.report;

import dev.facet.base.Printable;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunFigures;
import dev.facet.eval.retrieval.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Runs beside each other, as plain text for the console. */
public final class RunsTable {
  private static final String NOTHING = "-";

  private RunsTable() {}

  /** Several lines, each ended. */
  public static String of(ComparedRuns runs) {
    StringBuilder out = new StringBuilder();
    rows(out, cost(runs));
    for (String set : runs.sets()) {
      line(out, "");
      line(out, "best of " + Printable.of(set.isEmpty() ? "what is held out" : set));
      rows(out, best(runs, set));
    }
    settings(out, runs);
    List<String> remarks = runs.remarks();
    if (!remarks.isEmpty()) {
      line(out, "");
      remarks.forEach(remark -> line(out, "note: " + Printable.of(remark)));
    }
    return out.toString();
  }

  /** The head, then a row for each run. */
  static List<List<String>> cost(ComparedRuns runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "state", "steps", "loss", "time", "samples", "samples/s", "skipped"));
    for (ComparedRun run : runs.runs()) {
      RunFigures figures = run.figures();
      rows.add(
          List.of(
              run.name(),
              run.state(),
              run.steps(),
              figures.loss() == null ? NOTHING : Figures.fixed(figures.loss(), 3),
              time(figures.time()),
              figures.samples() == null ? NOTHING : Figures.count(figures.samples()),
              rate(figures.rate()),
              Figures.count(figures.skipped())));
    }
    return rows;
  }

  /** The head, then a row for each run that the set was scored in. */
  static List<List<String>> best(ComparedRuns runs, String set) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "run", "step", "pairs", "i2t R@1", "R@5", "R@10", "t2i R@1", "R@5", "R@10", "mean"));
    for (ComparedRun run : runs.runs()) {
      EvalLine line = run.figures().best().get(set);
      if (line != null) {
        List<String> row = new ArrayList<>();
        row.add(run.name());
        row.add(Figures.count(line.step()));
        row.add(Figures.count(line.pairs()));
        for (Direction direction : List.of(line.imageToText(), line.textToImage())) {
          row.add(Figures.percent(direction.r1()));
          row.add(Figures.percent(direction.r5()));
          row.add(Figures.percent(direction.r10()));
        }
        row.add(Figures.percent(RunFigures.meanRecall(line)));
        rows.add(row);
      }
    }
    return rows;
  }

  private static void settings(StringBuilder out, ComparedRuns runs) {
    if (runs.runs().size() < 2) {
      return;
    }
    line(out, "");
    if (runs.differences().isEmpty()) {
      line(out, "no setting differs");
      return;
    }
    line(out, "settings that differ");
    runs.differences()
        .forEach(
            (name, values) -> {
              line(out, "  " + name);
              SequencedMap<String, List<String>> by = new LinkedHashMap<>();
              for (int run = 0; run < values.size(); run++) {
                by.computeIfAbsent(values.get(run), value -> new ArrayList<>())
                    .add(runs.runs().get(run).name());
              }
              by.forEach(
                  (value, names) ->
                      line(
                          out,
                          "    %s: %s"
                              .formatted(
                                  Printable.of(value), Printable.of(String.join(", ", names)))));
            });
  }

  /** Columns as wide as what stands in them, the first to the left. */
  private static void rows(StringBuilder out, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], Printable.of(row.get(column)).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder cells = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = Printable.of(row.get(column));
        String space = " ".repeat(widths[column] - cell.length());
        cells.append(column == 0 ? cell + space : "  " + space + cell);
      }
      line(out, cells.toString());
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append(System.lineSeparator());
  }

  private static String rate(@Nullable Double rate) {
    return rate == null
        ? NOTHING
        : rate < 10 ? Figures.fixed(rate, 1) : Figures.count(Math.round(rate));
  }

  /** To the second below an hour, to the minute above. */
  static String time(@Nullable Duration time) {
    if (time == null) {
      return NOTHING;
    }
    if (time.toHours() > 0) {
      return String.format(Locale.ROOT, "%,dh %02dm", time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? String.format(Locale.ROOT, "%dm %02ds", time.toMinutes(), time.toSecondsPart())
        : Figures.fixed(time.toMillis() / 1e3, 1) + "s";
  }
}
