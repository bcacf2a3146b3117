package dev.facet.eval.probe;

import dev.facet.base.SampleRandom;
import dev.facet.eval.HeldOut;
import dev.facet.eval.classification.ClassFigures;
import dev.facet.eval.classification.Classifications;
import dev.facet.eval.classification.Classified;
import dev.facet.eval.label.Labels;
import dev.facet.eval.measure.Bootstrap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well a linear classifier on the vectors of pictures tells a label. Three tenths of the
 * pictures are tested on; of the others each fraction is learned from: of every class its share,
 * one picture or more. Every fifth of these picks the strength of the penalty ({@link
 * PenaltySweep}), with which all of them are learned from again. Sides are drawn by the seed and
 * what a picture is, so that one is on the same side for every model, whatever else is in the data;
 * a picture that several rows show is one.
 *
 * @param label that is told
 * @param fractions that were learned from, in their order, with what became of each
 * @param warnings what a reader should know, a sentence each
 */
public record Probe(String label, List<Fraction> fractions, List<String> warnings) {
  private static final double TESTED = 0.3;
  private static final int VALIDATED = 5;

  /** Where too few pictures are labelled to pick a strength. */
  private static final double UNPICKED = 1;

  /**
   * What was learned from a share of the pictures.
   *
   * @param share of those that are not tested on
   * @param labelled pictures in it
   * @param l2 strength of the penalty
   * @param figures on the pictures that are tested on, the same for every share
   */
  public record Fraction(double share, int labelled, double l2, ClassFigures figures) {
    /** As it is called in {@code eval.json}. */
    public String name() {
      return named(share);
    }
  }

  /** Without the zeros that a number in Java ends in: 0.1, 1. */
  private static String named(double share) {
    return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
  }

  /** The classes that can be learned, and who is learned from and tested on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sides(int[] classes, List<List<Integer>> learned, int[] tested) {}

  /**
   * Learns and tests.
   *
   * @param labels of the rows of the data
   * @param shares above 0, at most 1
   * @param bootstrap of intervals over the pictures tested on; null for none
   */
  public static Probe of(
      HeldOut heldOut,
      Labels labels,
      List<Double> shares,
      long seed,
      @Nullable Bootstrap bootstrap) {
    int[] truth = new int[heldOut.rows().length];
    for (int picture = 0; picture < truth.length; picture++) {
      truth[picture] = labels.ofRow()[Math.toIntExact(heldOut.rows()[picture])];
    }
    List<String> warnings = new ArrayList<>();
    Sides sides = sides(truth, heldOut.pictures(), labels.values().size(), seed);
    if (sides.classes.length < 2 || sides.tested.length == 0) {
      warnings.add(
          "%s cannot be learned: there are too few labelled pictures of two values"
              .formatted(labels.name()));
      return new Probe(labels.name(), List.of(), warnings);
    }
    int[] testedTruth = IntStream.of(sides.tested).map(picture -> truth[picture]).toArray();
    double[][] tested = vectors(heldOut, sides.tested);
    List<Learned> learnedFrom = new ArrayList<>();
    SequencedMap<String, Classified> classified = new LinkedHashMap<>();
    for (double share : shares) {
      List<Integer> learned = new ArrayList<>();
      List<Integer> validated = new ArrayList<>();
      for (List<Integer> ofClass : sides.learned) {
        long taken = Math.max(1, Math.round(share * ofClass.size()));
        for (int i = 0; i < taken; i++) {
          (i % VALIDATED == VALIDATED - 1 ? validated : learned).add(ofClass.get(i));
        }
      }
      double l2 = UNPICKED;
      Learning first = Learning.of(heldOut, learned, truth, sides.classes);
      if (validated.isEmpty()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s, fraction %s: %d labelled pictures are too few to pick a penalty; it is %s",
                labels.name(),
                share,
                learned.size(),
                l2));
      } else {
        Learning held = Learning.of(heldOut, validated, truth, sides.classes);
        l2 =
            new PenaltySweep(
                    first.vectors, first.classes, sides.classes.length, held.vectors, held.classes)
                .best();
      }
      learned.addAll(validated);
      Learning all = Learning.of(heldOut, learned, truth, sides.classes);
      LogisticRegression fitted =
          LogisticRegression.fit(all.vectors, all.classes, sides.classes.length, l2);
      if (!fitted.isConverged()) {
        warnings.add(
            "%s, fraction %s: the fit ended before its least".formatted(labels.name(), share));
      }
      learnedFrom.add(new Learned(share, learned.size(), l2));
      classified.put(
          named(share),
          new Classified(
              labels.values(),
              testedTruth,
              scores(fitted, tested, sides.classes, labels.values().size())));
    }
    return new Probe(
        labels.name(), fractions(learnedFrom, Classifications.of(classified, bootstrap)), warnings);
  }

  /** With every figure that there may be, whatever its value. */
  public static Probe expected(Labels labels, List<Double> shares) {
    SequencedMap<String, Classified> classified = new LinkedHashMap<>();
    for (double share : shares) {
      classified.put(named(share), Classified.right(labels.values(), labels.values().size()));
    }
    return new Probe(
        labels.name(),
        fractions(
            shares.stream().map(share -> new Learned(share, 0, 0)).toList(),
            Classifications.of(classified, null)),
        List.of());
  }

  private record Learned(double share, int labelled, double l2) {}

  private static List<Fraction> fractions(List<Learned> learned, Classifications figures) {
    return IntStream.range(0, learned.size())
        .mapToObj(
            i ->
                new Fraction(
                    learned.get(i).share,
                    learned.get(i).labelled,
                    learned.get(i).l2,
                    figures.all().get(i)))
        .toList();
  }

  /** Vectors with the places of their classes among those that are learned. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Learning(double[][] vectors, int[] classes) {
    static Learning of(HeldOut heldOut, List<Integer> pictures, int[] truth, int[] known) {
      int[] all = pictures.stream().mapToInt(Integer::intValue).toArray();
      return new Learning(
          Probe.vectors(heldOut, all),
          IntStream.of(all).map(p -> Arrays.binarySearch(known, truth[p])).toArray());
    }
  }

  private static Sides sides(int[] truth, long[] pictures, int values, long seed) {
    double[] drawn = new double[truth.length];
    List<Integer> tested = new ArrayList<>();
    List<List<Integer>> learned = new ArrayList<>();
    for (int value = 0; value < values; value++) {
      learned.add(new ArrayList<>());
    }
    SampleRandom random = new SampleRandom();
    for (int picture = 0; picture < truth.length; picture++) {
      if (truth[picture] != Labels.NONE) {
        random.reset(seed, 0, pictures[picture]);
        boolean tests = random.nextDouble() < TESTED;
        drawn[picture] = random.nextDouble();
        (tests ? tested : learned.get(truth[picture])).add(picture);
      }
    }
    learned.forEach(
        each ->
            each.sort(
                Comparator.<Integer>comparingDouble(p -> drawn[p])
                    .thenComparingLong(p -> pictures[p])));
    return new Sides(
        IntStream.range(0, values).filter(value -> !learned.get(value).isEmpty()).toArray(),
        learned.stream().filter(each -> !each.isEmpty()).toList(),
        tested.stream().mapToInt(Integer::intValue).toArray());
  }

  private static double[][] vectors(HeldOut heldOut, int[] pictures) {
    double[][] vectors = new double[pictures.length][heldOut.images().dim()];
    for (int i = 0; i < vectors.length; i++) {
      heldOut.images().copy(pictures[i], vectors[i]);
    }
    return vectors;
  }

  /** By value and picture; a value that could not be learned is below all others. */
  private static double[][] scores(
      LogisticRegression fitted, double[][] tested, int[] known, int values) {
    double[][] scores = new double[values][tested.length];
    for (double[] row : scores) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    for (int i = 0; i < tested.length; i++) {
      double[] found = fitted.scores(tested[i]);
      for (int c = 0; c < found.length; c++) {
        scores[known[c]][i] = found[c];
      }
    }
    return scores;
  }
}
