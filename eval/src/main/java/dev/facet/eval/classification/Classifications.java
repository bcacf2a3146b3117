package dev.facet.eval.classification;

import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Interval;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.NamedMeasures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several classifications of the same pictures, with their mean. For intervals pictures are drawn
 * once for all of them, so that the interval of the mean knows that one picture counts in each.
 *
 * @param all the figures of each
 * @param mean of each figure over those that have pictures of two classes or more; null if none has
 */
public record Classifications(List<ClassFigures> all, @Nullable NamedMeasures mean) {

  /**
   * Computes the figures.
   *
   * @param classified by name; of the same pictures in the same order
   * @param bootstrap of intervals; null for none
   */
  public static Classifications of(
      SequencedMap<String, Classified> classified, @Nullable Bootstrap bootstrap) {
    List<Classified> each = List.copyOf(classified.values());
    int pictures = each.getFirst().pictures();
    Bootstrap.Sampled sampled = times -> figures(each, times);
    double[] values = sampled.of(Bootstrap.once(pictures));
    List<Interval> intervals =
        bootstrap == null ? List.of() : bootstrap.intervals(sampled, pictures);
    List<Measure> measures =
        IntStream.range(0, values.length)
            .mapToObj(i -> new Measure(values[i], intervals.isEmpty() ? null : intervals.get(i)))
            .toList();
    List<ClassFigures> all = new ArrayList<>();
    int at = 0;
    for (var entry : classified.entrySet()) {
      Classified one = entry.getValue();
      List<Measure> figures = measures.subList(at, at + Classified.FIGURES.size());
      at += Classified.FIGURES.size();
      List<Measure> recalls = measures.subList(at, at + one.classes().size());
      at += one.classes().size();
      int known = one.counts().stream().mapToInt(Integer::intValue).sum();
      all.add(
          new ClassFigures(
              entry.getKey(),
              one.classes(),
              one.counts(),
              pictures - known,
              named(Classified.FIGURES, figures),
              named(one.classes(), recalls)));
    }
    boolean none = each.stream().noneMatch(Classified::isMixed);
    return new Classifications(
        List.copyOf(all),
        none ? null : named(Classified.FIGURES, measures.subList(at, measures.size())));
  }

  /** Those of each, then their means over what is mixed. */
  private static double[] figures(List<Classified> each, int[] times) {
    List<double[]> parts = new ArrayList<>();
    double[] sums = new double[Classified.FIGURES.size()];
    int[] counts = new int[sums.length];
    for (Classified one : each) {
      double[] figures = one.of(times);
      parts.add(figures);
      for (int i = 0; i < sums.length && one.isMixed(); i++) {
        if (!Double.isNaN(figures[i])) {
          sums[i] += figures[i];
          counts[i]++;
        }
      }
    }
    parts.add(IntStream.range(0, sums.length).mapToDouble(i -> sums[i] / counts[i]).toArray());
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static NamedMeasures named(List<String> names, List<Measure> measures) {
    SequencedMap<String, Measure> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), measures.get(i));
    }
    return new NamedMeasures(named);
  }
}
