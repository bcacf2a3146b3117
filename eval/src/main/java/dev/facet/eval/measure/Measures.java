package dev.facet.eval.measure;

import dev.facet.eval.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All figures of an evaluation, by the names that they have in {@code eval.json}.
 *
 * @param imageToText a picture is the query: {@code r1}, {@code r5}, {@code r10}, what else was
 *     asked for, {@code median_rank}, {@code mrr}, {@code mean_rank}, {@code map10}
 * @param textToImage a caption is the query
 * @param rsum the sum of recall@1, 5 and 10 of both directions in percent, at most 600
 */
public record Measures(NamedMeasures imageToText, NamedMeasures textToImage, Measure rsum) {
  /**
   * The figures of a ranking.
   *
   * @param more K of recall@K besides 1, 5 and 10
   * @param bootstrap of their intervals; null for none
   */
  public static Measures of(
      Retrieval retrieval, Collection<Integer> more, @Nullable Bootstrap bootstrap) {
    Outcomes outcomes = Outcomes.of(retrieval);
    int images = outcomes.imageCount();
    AllFigures figures = new AllFigures(outcomes, more, retrieval.result().settings().depth());
    List<Interval> intervals = bootstrap == null ? List.of() : bootstrap.intervals(figures, images);
    return of(figures.names(), figures.of(Bootstrap.once(images)), intervals);
  }

  /**
   * Figures by name.
   *
   * @param values in the order of {@link AllFigures#of}
   * @param intervals of these; empty for none
   */
  static Measures of(List<String> names, double[] values, List<Interval> intervals) {
    List<Measure> measures = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      measures.add(new Measure(values[i], intervals.isEmpty() ? null : intervals.get(i)));
    }
    return new Measures(
        named(names, measures),
        named(names, measures.subList(names.size(), 2 * names.size())),
        measures.getLast());
  }

  private static NamedMeasures named(List<String> names, List<Measure> measures) {
    SequencedMap<String, Measure> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), measures.get(i));
    }
    return new NamedMeasures(named);
  }
}
