package dev.facet.eval.report;

import dev.facet.eval.Coverage;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.NamedMeasures;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.RetrievalResult;
import java.util.Locale;

/** A result as plain ASCII for the console. */
public final class RecallTable {
  private RecallTable() {}

  /** Several lines, each ended. */
  public static String of(Evaluation evaluation, Coverage coverage) {
    RetrievalResult result = evaluation.result();
    StringBuilder table = new StringBuilder();
    row(table, "", "R@1", "R@5", "R@10", "median rank", "MRR");
    direction(table, "image to text", evaluation.measures().imageToText());
    chance(table, result.imageToTextChance());
    direction(table, "text to image", evaluation.measures().textToImage());
    chance(table, result.textToImageChance());
    table.append(about(result)).append(System.lineSeparator());
    if (evaluation.reorderedFirst() > 0) {
      table
          .append("the first ")
          .append(Figures.count(evaluation.reorderedFirst()))
          .append(" of each query by similarity plus the matching head's logit")
          .append(System.lineSeparator());
    }
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

  private static void direction(StringBuilder table, String name, NamedMeasures measures) {
    row(
        table,
        name,
        Figures.percent(measures.get("r1").value()),
        Figures.percent(measures.get("r5").value()),
        Figures.percent(measures.get("r10").value()),
        Figures.rank(measures.get("median_rank").value()),
        Figures.fixed(measures.get("mrr").value(), 4));
    if (measures.get("r1").interval() != null) {
      row(
          table,
          "  95% interval",
          Figures.percents(measures.get("r1").interval()),
          Figures.percents(measures.get("r5").interval()),
          Figures.percents(measures.get("r10").interval()),
          "",
          "");
    }
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
    String line = String.format(Locale.ROOT, "%-15s %11s %11s %11s %12s %7s", cells);
    table.append(line.stripTrailing()).append(System.lineSeparator());
  }
}
