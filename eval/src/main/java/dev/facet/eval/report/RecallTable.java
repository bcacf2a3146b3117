package dev.facet.eval.report;

import dev.facet.eval.Coverage;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import java.util.Locale;

/** A result as plain ASCII for the console. */
public final class RecallTable {
  private RecallTable() {}

  /** Several lines, each ended. */
  public static String of(RetrievalResult result, Coverage coverage) {
    StringBuilder table = new StringBuilder();
    row(table, "", "R@1", "R@5", "R@10", "median rank", "MRR");
    direction(table, "image to text", result.imageToText());
    chance(table, result.imageToTextChance());
    direction(table, "text to image", result.textToImage());
    chance(table, result.textToImageChance());
    table.append(about(result)).append(System.lineSeparator());
    if (!coverage.isWhole()) {
      table.append(coverage.text()).append(System.lineSeparator());
    }
    return table.toString();
  }

  /** What was scored and how, in one sentence. */
  static String about(RetrievalResult result) {
    String images =
        result.repeatedImages() == 0
            ? ""
            : " (%s more rows show one of them)".formatted(Figures.count(result.repeatedImages()));
    return "%s images%s, %s captions (%s); ties: %s"
        .formatted(
            Figures.count(result.images()),
            images,
            Figures.count(result.captions()),
            alike(result),
            result.settings().tieRule().label());
  }

  private static String alike(RetrievalResult result) {
    String repeated =
        result.repeatedCaptions() == 0
            ? ""
            : "%s more repeat one of their image, "
                .formatted(Figures.count(result.repeatedCaptions()));
    if (result.identicalCaptions() == 0) {
      return repeated + "no two alike";
    }
    String right =
        result.settings().duplicateAware()
            ? "each right for all its images"
            : "each right for its own image only";
    return "%s%s share their tokens with another, %s"
        .formatted(repeated, Figures.count(result.identicalCaptions()), right);
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
