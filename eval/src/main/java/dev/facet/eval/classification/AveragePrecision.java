package dev.facet.eval.classification;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Average precision of one class against the rest: pictures in the order of their scores, the mean
 * of the precision at each picture of the class, where pictures of equal score come at once. That
 * is what scikit-learn's {@code average_precision_score} computes, with no interpolation.
 */
final class AveragePrecision {
  /** Labelled pictures, highest score first. */
  private final int[] order;

  /** By place in that order, whether it has the score of the next one. */
  private final boolean[] tied;

  private final int[] truth;
  private final int wanted;

  /**
   * @param truth the class of each picture; below 0 for one that is not counted
   * @param wanted the class
   * @param scores of each picture, for that class
   */
  AveragePrecision(int[] truth, int wanted, double[] scores) {
    this.truth = truth;
    this.wanted = wanted;
    this.order =
        IntStream.range(0, truth.length)
            .filter(picture -> truth[picture] >= 0)
            .boxed()
            .sorted(Comparator.comparingDouble(picture -> -scores[picture]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.tied = new boolean[order.length];
    for (int place = 0; place + 1 < order.length; place++) {
      tied[place] = scores[order[place]] == scores[order[place + 1]];
    }
  }

  /**
   * Of a sample.
   *
   * @param times how often each picture is in it
   * @return NaN if it has no picture of the class
   */
  double of(int[] times) {
    double sum = 0;
    long right = 0;
    long all = 0;
    long before = 0;
    for (int place = 0; place < order.length; place++) {
      int picture = order[place];
      all += times[picture];
      if (truth[picture] == wanted) {
        right += times[picture];
      }
      if (!tied[place] && right > before) {
        sum += (right - before) * ((double) right / all);
        before = right;
      }
    }
    return right == 0 ? Double.NaN : sum / right;
  }
}
