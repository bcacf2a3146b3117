package dev.facet.eval.probe;

import java.util.HashMap;
import java.util.Map;

/**
 * The strength of the L2 penalty that does best on pictures that were not trained on: from 1e-6 to
 * 1e6 in steps of two decades, then around the best in steps that are halved down to an eighth of a
 * decade (Radford et al., Learning Transferable Visual Models From Natural Language Supervision,
 * 2021, appendix A.3). Best is the highest accuracy; of equal ones the lowest log loss.
 */
final class PenaltySweep {
  private static final double WIDEST = 6;
  private static final double FINEST = 0.125;

  private final double[][] vectors;
  private final int[] classes;
  private final int count;
  private final double[][] held;
  private final int[] heldClasses;
  private final Map<Double, double[]> tried = new HashMap<>();

  PenaltySweep(double[][] vectors, int[] classes, int count, double[][] held, int[] heldClasses) {
    this.vectors = vectors;
    this.classes = classes;
    this.count = count;
    this.held = held;
    this.heldClasses = heldClasses;
  }

  /** The best strength. */
  double best() {
    double best = -WIDEST;
    for (double exponent = -WIDEST; exponent <= WIDEST; exponent += 2) {
      best = better(exponent, best);
    }
    for (double step = 1; step >= FINEST; step /= 2) {
      double middle = best;
      best = better(Math.max(-WIDEST, middle - step), best);
      best = better(Math.min(WIDEST, middle + step), best);
    }
    return Math.pow(10, best);
  }

  private double better(double exponent, double best) {
    double[] one = tried(exponent);
    double[] other = tried(best);
    boolean better = one[0] > other[0] || (one[0] == other[0] && one[1] < other[1]);
    return better ? exponent : best;
  }

  /** Accuracy and log loss. */
  private double[] tried(double exponent) {
    return tried.computeIfAbsent(
        exponent,
        e -> {
          LogisticRegression fitted =
              LogisticRegression.fit(vectors, classes, count, Math.pow(10, e));
          return new double[] {fitted.accuracy(held, heldClasses), fitted.loss(held, heldClasses)};
        });
  }
}
