package dev.facet.eval.report;

import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.Difference;
import dev.facet.eval.measure.Moved;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** A comparison as plain ASCII for the console. */
public final class ComparisonTable {
  private static final int LONGEST_CAPTION = 50;
  private static final Pattern RECALL = Pattern.compile("r\\d+");

  private ComparisonTable() {}

  /** Several lines, each ended. */
  public static String of(Comparison comparison) {
    StringBuilder table = new StringBuilder();
    cells(table, "", "before", "after", "difference", "95%", "p");
    direction(table, "image to text", comparison.imageToText());
    direction(table, "text to image", comparison.textToImage());
    row(table, "R-sum", comparison.rsum(), 1, 1);
    line(
        table,
        "%s images; of their captions %s find a picture earlier, %s later"
            .formatted(
                Figures.count(comparison.images()),
                Figures.count(comparison.better()),
                Figures.count(comparison.worse())));
    for (Moved moved : comparison.moved()) {
      line(
          table,
          "  rank %s -> %s  row %s  %s"
              .formatted(
                  Figures.rank(moved.before()),
                  Figures.rank(moved.after()),
                  moved.row(),
                  shortened(moved.caption())));
    }
    return table.toString();
  }

  private static void direction(
      StringBuilder table, String name, SequencedMap<String, Difference> differences) {
    differences.forEach(
        (figure, difference) -> {
          if (RECALL.matcher(figure).matches()) {
            row(table, name + " R@" + figure.substring(1), difference, 100, 1);
          }
        });
    row(table, name + " median", named(differences, "median_rank"), 1, 1);
    row(table, name + " MRR", named(differences, "mrr"), 1, 4);
  }

  private static Difference named(SequencedMap<String, Difference> differences, String name) {
    return Objects.requireNonNull(differences.get(name), name);
  }

  private static void row(
      StringBuilder table, String name, Difference difference, int scale, int decimals) {
    cells(
        table,
        name,
        Figures.fixed(scale * difference.before(), decimals),
        Figures.fixed(scale * difference.after(), decimals),
        signed(scale * difference.value(), decimals),
        signed(scale * difference.interval().low(), decimals)
            + " "
            + signed(scale * difference.interval().high(), decimals),
        Figures.fixed(difference.p(), 4));
  }

  private static void cells(StringBuilder table, Object... cells) {
    line(table, String.format(Locale.ROOT, "%-22s %8s %8s %10s %18s %7s", cells));
  }

  private static String signed(double value, int decimals) {
    String shown = Figures.fixed(value, decimals);
    return shown.startsWith("-") ? shown : "+" + shown;
  }

  private static String shortened(String caption) {
    String line = caption.replaceAll("\\s+", " ");
    return line.length() <= LONGEST_CAPTION ? line : line.substring(0, LONGEST_CAPTION) + "...";
  }

  private static void line(StringBuilder table, String text) {
    table.append(text.stripTrailing()).append(System.lineSeparator());
  }
}
