package dev.facet.eval.report;

import dev.facet.base.Html;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of a chart as a table that opens on demand. */
final class ChartNumbers {
  /** Of more places, so many are shown, evenly spread, the first and the last among them. */
  private static final int MOST_ROWS = 50;

  private ChartNumbers() {}

  static String of(String xLabel, List<Series> series) {
    TreeMap<Double, List<String>> rows = new TreeMap<>();
    for (int column = 0; column < series.size(); column++) {
      for (Series.Point point : series.get(column).points()) {
        rows.computeIfAbsent(
                point.x(), x -> new ArrayList<>(Collections.nCopies(series.size(), "")))
            .set(column, number(point.y()));
      }
    }
    StringBuilder out = new StringBuilder("<details><summary>Numbers</summary>");
    out.append("<div class=\"scroll\"><table><thead><tr>");
    head(out, xLabel);
    series.forEach(each -> head(out, each.name()));
    out.append("</tr></thead>\n<tbody>\n");
    for (Map.Entry<Double, List<String>> row : spread(List.copyOf(rows.entrySet()))) {
      out.append("<tr><th scope=\"row\">").append(number(row.getKey())).append("</th>");
      row.getValue().forEach(cell -> out.append("<td>").append(cell).append("</td>"));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div></details>\n").toString();
  }

  private static void head(StringBuilder out, String name) {
    out.append("<th scope=\"col\">").append(Html.text(name)).append("</th>");
  }

  private static <T> List<T> spread(List<T> all) {
    if (all.size() <= MOST_ROWS) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (long row = 0; row < MOST_ROWS; row++) {
      some.add(all.get((int) (row * (all.size() - 1) / (MOST_ROWS - 1))));
    }
    return some;
  }

  /** Four significant digits, or all of a whole number. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Figures.count((long) value);
    }
    double size = Math.abs(value);
    int decimals = Math.clamp((int) (3 - Math.floor(Math.log10(size))), 0, 8);
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
