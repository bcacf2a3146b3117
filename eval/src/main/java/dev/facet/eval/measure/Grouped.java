package dev.facet.eval.measure;

import dev.facet.eval.label.Labels;
import dev.facet.eval.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All figures, by the value that a label has for the picture of a query. Pictures of a group are
 * drawn among themselves for its intervals, and independently of other groups for those of gaps
 * (two-sample bootstrap: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 8.3).
 *
 * @param label what makes the groups
 * @param groups in the order of its values; a value that no picture has is not there
 * @param unlabelled the pictures that have no such label; null if all have
 * @param gaps among the groups that are not small; null where these are fewer than two
 */
public record Grouped(
    String label, List<Group> groups, @Nullable Group unlabelled, @Nullable Gaps gaps) {

  /**
   * Splits the figures of a ranking.
   *
   * @param rows a row of the data that shows each picture
   * @param labels of the rows
   * @param more K of recall@K besides 1, 5 and 10
   * @param bootstrap of intervals; null for none
   */
  public static Grouped of(
      Retrieval retrieval,
      long[] rows,
      Labels labels,
      Collection<Integer> more,
      @Nullable Bootstrap bootstrap) {
    int[] valueOf = new int[rows.length];
    for (int image = 0; image < valueOf.length; image++) {
      valueOf[image] = labels.ofRow()[Math.toIntExact(rows[image])];
    }
    int depth = retrieval.result().settings().depth();
    Outcomes outcomes = Outcomes.of(retrieval);
    List<Drawn> drawn = new ArrayList<>();
    for (int value = 0; value < labels.values().size(); value++) {
      String name = labels.values().get(value);
      addDrawn(drawn, outcomes, valueOf, value, name, more, depth, bootstrap);
    }
    List<Drawn> without = new ArrayList<>();
    addDrawn(without, outcomes, valueOf, Labels.NONE, "", more, depth, bootstrap);
    return new Grouped(
        labels.name(),
        drawn.stream().map(Drawn::group).toList(),
        without.isEmpty() ? null : without.getFirst().group(),
        gaps(drawn.stream().filter(each -> !each.group().isSmall()).toList()));
  }

  /**
   * With every figure that there may be, whatever its value.
   *
   * @param measures that a group has
   */
  public static Grouped expected(Labels labels, Measures measures) {
    Gap gap = new Gap("", "", 0, null);
    SequencedMap<String, Gap> gaps = new LinkedHashMap<>();
    measures.imageToText().forEach((name, measure) -> gaps.put(name, gap));
    return new Grouped(
        labels.name(),
        labels.values().stream().map(value -> new Group(value, 0, 0, measures)).toList(),
        new Group("", 0, 0, measures),
        new Gaps(gaps, gaps, gap));
  }

  /** What a reader should be told of groups that say little; empty if all say something. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Group group : groups) {
      if (group.isSmall()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s %s has %d pictures, fewer than %d: that is too few to say anything, and it is"
                    + " left out of the gaps",
                label,
                group.value(),
                group.images(),
                Group.FEW));
      } else if (group.widest() > Group.WIDE) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s %s has %d pictures: its recall is known to within %.0f points only (95%%"
                    + " interval), which may hide a difference",
                label,
                group.value(),
                group.images(),
                100 * group.widest()));
      }
    }
    if (gaps == null) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s has fewer than two groups of %d pictures or more: there is no gap to tell",
              label,
              Group.FEW));
    }
    return warnings;
  }

  /**
   * A group with what its figures were in the samples.
   *
   * @param figures in the order of {@link AllFigures#of}
   * @param samples empty where there are no intervals
   */
  private record Drawn(
      Group group, List<String> names, List<Double> figures, List<double[]> samples) {}

  private static void addDrawn(
      List<Drawn> drawn,
      Outcomes outcomes,
      int[] valueOf,
      int value,
      String name,
      Collection<Integer> more,
      int depth,
      @Nullable Bootstrap bootstrap) {
    int[] pictures =
        IntStream.range(0, valueOf.length).filter(image -> valueOf[image] == value).toArray();
    if (pictures.length == 0) {
      return;
    }
    Outcomes own = outcomes.only(pictures);
    AllFigures figures = new AllFigures(own, more, depth);
    double[] values = figures.of(Bootstrap.once(pictures.length));
    List<double[]> samples =
        bootstrap == null
            ? List.of()
            : bootstrap.independent(value).draws(figures, pictures.length);
    List<Interval> intervals =
        samples.isEmpty()
            ? List.of()
            : Bootstrap.sorted(samples).stream().map(Bootstrap::interval).toList();
    Measures measures = Measures.of(figures.names(), values, intervals);
    drawn.add(
        new Drawn(
            new Group(name, pictures.length, own.captionCount(), measures),
            figures.names(),
            IntStream.range(0, values.length).mapToObj(i -> values[i]).toList(),
            samples));
  }

  private static @Nullable Gaps gaps(List<Drawn> drawn) {
    if (drawn.size() < 2) {
      return null;
    }
    List<String> names = drawn.getFirst().names();
    List<Gap> gaps = new ArrayList<>();
    for (int figure = 0; figure < drawn.getFirst().figures().size(); figure++) {
      gaps.add(gap(drawn, figure));
    }
    return new Gaps(
        named(names, gaps), named(names, gaps.subList(names.size(), gaps.size())), gaps.getLast());
  }

  private static Gap gap(List<Drawn> drawn, int figure) {
    LargestGap gap =
        LargestGap.of(
            drawn.stream().mapToDouble(each -> each.figures().get(figure)).toArray(),
            drawn.stream()
                .map(each -> each.samples().stream().mapToDouble(s -> s[figure]).toArray())
                .toArray(double[][]::new));
    return new Gap(
        drawn.get(gap.highest()).group().value(),
        drawn.get(gap.lowest()).group().value(),
        gap.value(),
        gap.interval());
  }

  private static SequencedMap<String, Gap> named(List<String> names, List<Gap> gaps) {
    SequencedMap<String, Gap> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), gaps.get(i));
    }
    return named;
  }
}
