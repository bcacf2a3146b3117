package dev.facet.eval.report;

import dev.facet.eval.measure.Gap;
import dev.facet.eval.measure.Group;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.measure.Interval;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.NamedMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The groups of a label as lines of cells, the same in the table and on the page. */
final class GroupLines {
  static final List<String> HEAD = List.of("pictures", "R@1", "95%", "R@5", "R@10", "median rank");

  /** What stands in place of a value where there is none. */
  private static final String UNLABELLED = "(no label)";

  /**
   * A line.
   *
   * @param name of the group
   * @param cells as {@link #HEAD} names them
   */
  record Line(String name, List<String> cells) {}

  private GroupLines() {}

  /** Pictures as queries. */
  static List<Line> imageToText(Grouped grouped) {
    return lines(
        grouped,
        grouped.groups().stream().map(each -> each.measures().imageToText()).toList(),
        grouped.unlabelled() == null ? null : grouped.unlabelled().measures().imageToText(),
        grouped.gaps() == null ? null : grouped.gaps().imageToText());
  }

  /** Captions as queries. */
  static List<Line> textToImage(Grouped grouped) {
    return lines(
        grouped,
        grouped.groups().stream().map(each -> each.measures().textToImage()).toList(),
        grouped.unlabelled() == null ? null : grouped.unlabelled().measures().textToImage(),
        grouped.gaps() == null ? null : grouped.gaps().textToImage());
  }

  private static List<Line> lines(
      Grouped grouped,
      List<NamedMeasures> measures,
      @Nullable NamedMeasures unlabelled,
      @Nullable SequencedMap<String, Gap> gaps) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < measures.size(); i++) {
      Group group = grouped.groups().get(i);
      lines.add(line(group.value(), group.images(), measures.get(i)));
    }
    if (grouped.unlabelled() != null && unlabelled != null) {
      lines.add(line(UNLABELLED, grouped.unlabelled().images(), unlabelled));
    }
    if (gaps != null) {
      lines.add(line(gaps));
    }
    return lines;
  }

  private static Line line(String name, int images, NamedMeasures measures) {
    Measure first = measures.get("r1");
    return new Line(
        name,
        List.of(
            Figures.count(images),
            Figures.percent(first.value()),
            Figures.percents(first.interval()),
            Figures.percent(measures.get("r5").value()),
            Figures.percent(measures.get("r10").value()),
            Figures.rank(measures.get("median_rank").value())));
  }

  private static Line line(SequencedMap<String, Gap> gaps) {
    Gap first = gap(gaps, "r1");
    Interval interval = first.interval();
    return new Line(
        "largest gap",
        List.of(
            "",
            Figures.percent(first.value()),
            interval == null
                ? ""
                : Figures.fixed(100 * interval.low(), 1)
                    + " to "
                    + Figures.fixed(100 * interval.high(), 1),
            Figures.percent(gap(gaps, "r5").value()),
            Figures.percent(gap(gaps, "r10").value()),
            Figures.rank(gap(gaps, "median_rank").value())));
  }

  /** Between which groups the gap of recall@1 is; null where there is none. */
  static @Nullable String between(Grouped grouped) {
    if (grouped.gaps() == null) {
      return null;
    }
    Gap gap = gap(grouped.gaps().textToImage(), "r1");
    Gap other = gap(grouped.gaps().imageToText(), "r1");
    return "R@1 is highest for %s, lowest for %s from text to image; %s and %s from image to text"
        .formatted(gap.highest(), gap.lowest(), other.highest(), other.lowest());
  }

  private static Gap gap(SequencedMap<String, Gap> gaps, String name) {
    return Objects.requireNonNull(gaps.get(name), name);
  }
}
