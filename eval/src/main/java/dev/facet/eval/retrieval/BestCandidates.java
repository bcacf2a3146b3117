package dev.facet.eval.retrieval;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The candidates that score highest for one query, best first, equal scores by index. */
final class BestCandidates {
  private final int[] candidate;
  private final double[] score;
  private int filled;

  BestCandidates(int depth) {
    this.candidate = new int[depth];
    this.score = new double[depth];
  }

  void clear() {
    filled = 0;
  }

  /** The score that a candidate must exceed; those offered later stand behind equal ones. */
  double least() {
    return filled < score.length ? Double.NEGATIVE_INFINITY : score[filled - 1];
  }

  /** Takes a candidate, whose index is higher than that of all before. */
  void offer(double newScore, int newCandidate) {
    if (!(newScore > least())) {
      return;
    }
    filled = Math.min(filled + 1, score.length);
    int place = filled - 1;
    while (place > 0 && score[place - 1] < newScore) {
      score[place] = score[place - 1];
      candidate[place] = candidate[place - 1];
      place--;
    }
    score[place] = newScore;
    candidate[place] = newCandidate;
  }

  int[] candidates() {
    return Arrays.copyOf(candidate, filled);
  }

  double[] scores() {
    return Arrays.copyOf(score, filled);
  }

  /**
   * Average precision at K, the depth: the sum over the positives among the first K of the
   * precision where they stand, divided by as many positives as could be there, min(P, K). All
   * positives in front make 1.
   *
   * <p>Manning, Raghavan and Schuetze, Introduction to Information Retrieval, 8.4, cut off at K.
   *
   * @param positives P, at least one
   */
  double averagePrecision(IntPredicate isPositive, int positives) {
    double sum = 0;
    int hits = 0;
    for (int place = 0; place < filled; place++) {
      if (isPositive.test(candidate[place])) {
        hits++;
        sum += (double) hits / (place + 1);
      }
    }
    return sum / Math.min(positives, score.length);
  }
}
