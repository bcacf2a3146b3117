package dev.facet.eval.report;

import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import java.util.Locale;

/** A result as plain ASCII for the console. */
public final class RecallTable {
  private RecallTable() {}

  /** Several lines, each ended. */
  public static String of(RetrievalResult result) {
    StringBuilder table = new StringBuilder();
    row(table, "", "R@1", "R@5", "R@10", "median rank", "MRR");
    direction(table, "image to text", result.imageToText());
    chance(table, result.imageToTextChance());
    direction(table, "text to image", result.textToImage());
    chance(table, result.textToImageChance());
    table.append(about(result)).append(System.lineSeparator());
    return table.toString();
  }

  /** What was scored and how, in one sentence. */
  static String about(RetrievalResult result) {
    String identical =
        result.identicalCaptions() == 0
            ? "no two alike"
            : Figures.count(result.identicalCaptions())
                + " share their text with another, "
                + (result.settings().duplicateAware()
                    ? "each right for all its images"
                    : "each right for its own image only");
    return "%s images, %s captions (%s); ties: %s"
        .formatted(
            Figures.count(result.images()),
            Figures.count(result.captions()),
            identical,
            result.settings().tieRule().label());
  }

  private static void direction(StringBuilder table, String name, Direction d) {
    row(
        table,
        name,
        Figures.percent(d.r1()),
        Figures.percent(d.r5()),
        Figures.percent(d.r10()),
        Figures.rank(d.medianRank()),
        Figures.fixed(d.mrr(), 4));
  }

  private static void chance(StringBuilder table, Chance c) {
    row(
        table,
        "  by chance",
        Figures.percent(c.r1()),
        Figures.percent(c.r5()),
        Figures.percent(c.r10()),
        "",
        "");
  }

  private static void row(StringBuilder table, Object... cells) {
    String line = String.format(Locale.ROOT, "%-15s %9s %9s %9s %12s %7s", cells);
    table.append(line.stripTrailing()).append(System.lineSeparator());
  }
}
