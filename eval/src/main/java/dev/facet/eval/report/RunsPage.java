package dev.facet.eval.report;

import dev.facet.base.Html;
import dev.facet.base.Staged;
import dev.facet.eval.log.StartLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs beside each other, as a page that opens anywhere: one file, no script. */
public final class RunsPage {
  /** Each run has a colour, and as often as colours repeat another kind of dashes. */
  private static final int COLOURS = 8;

  private static final int DASHES = 4;

  /** More lines than anybody can tell apart; the table behind a chart is as wide. */
  private static final int MOST_LINES = COLOURS * DASHES;

  private final ComparedRuns runs;
  private final StringBuilder out = new StringBuilder();

  private RunsPage(ComparedRuns runs) {
    this.runs = runs;
  }

  /** Writes the page, whole or not at all. */
  public static void write(Path target, ComparedRuns runs) throws IOException {
    Staged.write(target, of(runs));
  }

  static String of(ComparedRuns runs) throws IOException {
    RunsPage page = new RunsPage(runs);
    page.out.append(
        Html.head(
            "Facet runs",
            runs.where(),
            Html.resource(Report.class, "report.css") + Html.resource(RunsPage.class, "runs.css")));
    page.put("<p class=\"verdict\">", Figures.count(runs.runs().size()));
    page.put(runs.runs().size() == 1 ? " run.</p>\n" : " runs.</p>\n");
    page.remarks();
    page.table("Runs", RunsTable.cost(runs));
    for (String set : runs.sets()) {
      page.table("Best of " + name(set), RunsTable.best(runs, set));
    }
    page.settings();
    page.curves();
    return page.out.append(Html.end()).toString();
  }

  private void remarks() {
    if (!runs.remarks().isEmpty()) {
      put("<section><h2>To know beforehand</h2>\n");
      runs.remarks().forEach(each -> put("<p class=\"note\">", Html.text(each), "</p>\n"));
      put("</section>\n");
    }
  }

  private void table(String title, List<List<String>> rows) {
    put("<section class=\"whole\"><h2>", Html.text(title), "</h2>");
    put("<div class=\"scroll\"><table><thead><tr>");
    rows.getFirst().forEach(cell -> put("<th scope=\"col\">", Html.text(cell), "</th>"));
    put("</tr></thead>\n<tbody>\n");
    rows.subList(1, rows.size()).forEach(this::row);
    put("</tbody></table></div></section>\n");
  }

  private void row(List<String> cells) {
    put("<tr><th scope=\"row\">", Html.text(cells.getFirst()), "</th>");
    cells.subList(1, cells.size()).forEach(cell -> put("<td>", Html.text(cell), "</td>"));
    put("</tr>\n");
  }

  private void settings() {
    if (runs.runs().size() < 2) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("setting"));
    runs.runs().forEach(run -> head.add(run.name()));
    rows.add(head);
    for (Map.Entry<String, List<String>> setting : runs.differences().entrySet()) {
      List<String> row = new ArrayList<>(List.of(setting.getKey()));
      row.addAll(setting.getValue());
      rows.add(row);
    }
    if (rows.size() > 1) {
      table("Settings that differ", rows);
    } else {
      put("<section><h2>Settings that differ</h2><p class=\"note\">None.</p></section>\n");
    }
  }

  private void curves() {
    StringBuilder charts = new StringBuilder();
    chart(charts, "Training loss", "loss (nats)", Double.NaN, RunCurve::loss);
    for (String set : runs.sets()) {
      chart(
          charts,
          "Mean recall, held out: " + name(set),
          "mean recall (%)",
          0,
          curve -> curve.recall(set));
    }
    if (charts.isEmpty()) {
      return;
    }
    put(
        "<section><h2>Curves</h2>\n<p class=\"note\">The loss is smoothed. Mean recall is that of ");
    put("recall@1, @5 and @10 over both directions.");
    if (runs.runs().size() > MOST_LINES) {
      put(" Of the runs, the first ", Figures.count(MOST_LINES), " are drawn.");
    }
    put("</p>\n<div class=\"charts\">\n", charts.toString(), "</div></section>\n");
  }

  /** Over steps, and over samples too where steps are not of as many in all runs. */
  private void chart(
      StringBuilder charts,
      String title,
      String yLabel,
      double yFrom,
      Function<RunCurve, List<Series.Point>> points) {
    for (RunCurve.Place place : RunCurve.Place.values()) {
      List<Series> series = new ArrayList<>();
      for (int run = 0; run < Math.min(MOST_LINES, runs.runs().size()); run++) {
        ComparedRun own = runs.runs().get(run);
        List<Series.Point> all = points.apply(new RunCurve(own.lines(), place));
        if (!all.isEmpty()) {
          series.add(new Series(own.name(), style(run), all));
        }
      }
      if (!series.isEmpty() && (place == RunCurve.Place.STEPS || batches() > 1)) {
        charts.append(
            LineChart.draw(title + ", by " + place.label(), place.label(), yLabel, yFrom, series));
      }
    }
  }

  private long batches() {
    return runs.runs().stream()
        .flatMap(run -> run.lines().stream())
        .flatMap(line -> line instanceof StartLine start ? Stream.of(start.batch()) : Stream.of())
        .distinct()
        .count();
  }

  private static String style(int run) {
    return "run" + run % COLOURS + " dash" + run / COLOURS;
  }

  private static String name(String set) {
    return set.isEmpty() ? "what is held out" : set;
  }

  private void put(String... parts) {
    for (String part : parts) {
      out.append(part);
    }
  }
}
