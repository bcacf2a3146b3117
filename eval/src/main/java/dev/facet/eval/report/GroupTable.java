package dev.facet.eval.report;

import dev.facet.base.Printable;
import dev.facet.eval.measure.Grouped;
import java.util.List;
import java.util.Locale;

/** Figures by group as plain text for the console. */
public final class GroupTable {
  private static final int LONGEST_NAME = 24;

  private GroupTable() {}

  /** Several lines for a label, each ended. */
  public static String of(Grouped grouped) {
    StringBuilder table = new StringBuilder();
    row(table, "by " + grouped.label(), GroupLines.HEAD);
    row(table, "image to text", List.of());
    GroupLines.imageToText(grouped).forEach(line -> row(table, "  " + line.name(), line.cells()));
    row(table, "text to image", List.of());
    GroupLines.textToImage(grouped).forEach(line -> row(table, "  " + line.name(), line.cells()));
    String between = GroupLines.between(grouped);
    if (between != null) {
      table.append(Printable.of(between)).append(System.lineSeparator());
    }
    grouped
        .warnings()
        .forEach(
            warning ->
                table
                    .append("warning: ")
                    .append(Printable.of(warning))
                    .append(System.lineSeparator()));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, List<String> cells) {
    String printable = Printable.of(name);
    String shown =
        printable.length() <= LONGEST_NAME
            ? printable
            : printable.substring(0, LONGEST_NAME - 3) + "...";
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-" + LONGEST_NAME + "s", shown));
    for (int i = 0; i < cells.size(); i++) {
      line.append(String.format(Locale.ROOT, " %" + (i == 2 ? 14 : 11) + "s", cells.get(i)));
    }
    table.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }
}
