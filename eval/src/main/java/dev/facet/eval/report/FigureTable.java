package dev.facet.eval.report;

import dev.facet.base.Html;
import dev.facet.base.Printable;
import java.util.List;
import java.util.Locale;

/**
 * Figures as lines of cells, the same on the console and on the page.
 *
 * @param title what they are of
 * @param head names of the columns, that of the lines' names not among them
 * @param notes what a reader should know, a sentence each without its point
 */
public record FigureTable(String title, List<String> head, List<Line> lines, List<String> notes) {
  private static final int LONGEST_NAME = 28;

  /**
   * A line.
   *
   * @param name of what it is about
   * @param cells as the head names them
   */
  public record Line(String name, List<String> cells) {}

  /** Plain text, every line ended. */
  public String text() {
    StringBuilder table = new StringBuilder();
    row(table, title, head);
    lines.forEach(line -> row(table, "  " + line.name, line.cells));
    notes.forEach(note -> table.append(Printable.of(note)).append(System.lineSeparator()));
    return table.toString();
  }

  private void row(StringBuilder table, String name, List<String> cells) {
    String printable = Printable.of(name);
    String shown =
        printable.length() <= LONGEST_NAME
            ? printable
            : printable.substring(0, LONGEST_NAME - 3) + "...";
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-" + LONGEST_NAME + "s", shown));
    for (int i = 0; i < cells.size(); i++) {
      line.append(String.format(Locale.ROOT, " %" + width(i) + "s", cells.get(i)));
    }
    table.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }

  private int width(int column) {
    return 1
        + Math.max(
            head.get(column).length(),
            lines.stream().mapToInt(line -> line.cells.get(column).length()).max().orElse(0));
  }

  /** A section of the page. */
  String html() {
    StringBuilder out = new StringBuilder();
    out.append("<section class=\"whole\"><h2>").append(Html.text(title)).append("</h2>\n");
    out.append(
        "<div class=\"scroll\"><table class=\"figures\">\n<thead><tr><th scope=\"col\"></th>");
    head.forEach(name -> out.append("<th scope=\"col\">").append(Html.text(name)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (Line line : lines) {
      out.append("<tr><th scope=\"row\">").append(Html.text(line.name)).append("</th>");
      line.cells.forEach(cell -> out.append("<td>").append(Html.text(cell)).append("</td>"));
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
    notes.forEach(
        note -> out.append("<p class=\"note\">").append(Html.text(note)).append(".</p>\n"));
    return out.append("</section>\n").toString();
  }
}
