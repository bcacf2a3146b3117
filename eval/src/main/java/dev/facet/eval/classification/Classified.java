package dev.facet.eval.classification;

import dev.facet.eval.measure.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures that were put into the class of the highest score, the first of several. A picture whose
 * class is not known counts nowhere.
 */
public final class Classified implements Bootstrap.Sampled {
  /** Figures of all classes together, in the order of {@link #of}. */
  static final List<String> FIGURES = List.of("accuracy", "balanced_accuracy", "average_precision");

  private final List<String> classes;
  private final int[] truth;
  private final int[] found;
  private final int[] counts;
  private final List<AveragePrecision> precisions = new ArrayList<>();

  /**
   * @param classes their names; with two of them average precision is that of the first
   * @param truth the class of each picture; below 0 where it is not known
   * @param scores by class and picture
   */
  public Classified(List<String> classes, int[] truth, double[][] scores) {
    this.classes = List.copyOf(classes);
    this.truth = truth.clone();
    this.found = new int[truth.length];
    for (int picture = 0; picture < truth.length; picture++) {
      for (int c = 1; c < scores.length; c++) {
        if (scores[c][picture] > scores[found[picture]][picture]) {
          found[picture] = c;
        }
      }
    }
    this.counts = new int[classes.size()];
    for (int c : truth) {
      if (c >= 0) {
        counts[c]++;
      }
    }
    for (int c = 0; c < (classes.size() == 2 ? 1 : classes.size()); c++) {
      precisions.add(new AveragePrecision(this.truth, c, margins(scores, c)));
    }
  }

  /**
   * All put where they belong, turn by turn: what has every figure.
   *
   * @param pictures as many as there are classes, or more
   */
  public static Classified right(List<String> classes, int pictures) {
    double[][] scores = new double[classes.size()][pictures];
    int[] truth = new int[pictures];
    for (int picture = 0; picture < pictures; picture++) {
      truth[picture] = picture % classes.size();
      scores[truth[picture]][picture] = 1;
    }
    return new Classified(classes, truth, scores);
  }

  /** By how much the score of a class is above the best of the others: it wins where above 0. */
  private static double[] margins(double[][] scores, int wanted) {
    double[] margins = new double[scores[wanted].length];
    for (int picture = 0; picture < margins.length; picture++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < scores.length; c++) {
        best = c == wanted ? best : Math.max(best, scores[c][picture]);
      }
      margins[picture] = scores[wanted][picture] - best;
    }
    return margins;
  }

  /** The names of the classes. */
  List<String> classes() {
    return classes;
  }

  /** How many pictures there are, those of no known class among them. */
  int pictures() {
    return truth.length;
  }

  /** How many pictures each class has. */
  List<Integer> counts() {
    return IntStream.of(counts).boxed().toList();
  }

  /** Whether the pictures are of two classes or more: of one there is nothing to be told apart. */
  boolean isMixed() {
    return IntStream.of(counts).filter(count -> count > 0).count() > 1;
  }

  /**
   * {@link #FIGURES}, then the recall of each class. Balanced accuracy is the mean of recall over
   * the classes that the sample has, and NaN of fewer than two; so is average precision, a mean
   * over these classes where there are more than two.
   */
  @Override
  public double[] of(int[] times) {
    long all = 0;
    long[] ofClass = new long[classes.size()];
    long[] right = new long[classes.size()];
    for (int picture = 0; picture < truth.length; picture++) {
      int c = truth[picture];
      if (c >= 0) {
        all += times[picture];
        ofClass[c] += times[picture];
        if (found[picture] == c) {
          right[c] += times[picture];
        }
      }
    }
    double[] figures = new double[FIGURES.size() + classes.size()];
    double recalls = 0;
    int present = 0;
    for (int c = 0; c < ofClass.length; c++) {
      double recall = (double) right[c] / ofClass[c];
      figures[FIGURES.size() + c] = recall;
      if (ofClass[c] > 0) {
        recalls += recall;
        present++;
      }
    }
    boolean mixed = present > 1;
    figures[0] = (double) IntStream.range(0, right.length).mapToLong(c -> right[c]).sum() / all;
    figures[1] = mixed ? recalls / present : Double.NaN;
    figures[2] =
        mixed
            ? precisions.stream()
                .mapToDouble(each -> each.of(times))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN)
            : Double.NaN;
    return figures;
  }
}
