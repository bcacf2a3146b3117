package dev.facet.eval.probe;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Logistic regression with an L2 penalty: the least of the sum of the log losses plus {@code l2} /
 * 2 times the sum of the squared weights, intercepts free; what scikit-learn's {@code
 * LogisticRegression(C=1/l2)} finds. Two classes have one line of weights, more have one each
 * (multinomial). The same on any number of threads.
 */
final class LogisticRegression {
  private static final double TOLERANCE = 1e-7;
  private static final int MOST_STEPS = 1000;

  /** Parts that are summed one after the other, whatever computes them. */
  private static final int PARTS = 16;

  private final double[] weights;
  private final int lines;
  private final boolean converged;

  private LogisticRegression(Lbfgs found, int lines) {
    this.weights = found.point();
    this.lines = lines;
    this.converged = found.converged();
  }

  /**
   * Fits one.
   *
   * @param vectors of the pictures
   * @param classes of the pictures, from 0; each is there
   * @param count of the classes, 2 or more
   * @param l2 strength of the penalty, above 0
   */
  static LogisticRegression fit(double[][] vectors, int[] classes, int count, double l2) {
    int width = vectors[0].length;
    int lines = count == 2 ? 1 : count;
    Smooth loss = (point, gradient) -> loss(vectors, classes, lines, l2, point, gradient);
    return new LogisticRegression(
        Lbfgs.least(loss, lines * (width + 1), TOLERANCE, MOST_STEPS), lines);
  }

  /** By picture, as a mean: then one tolerance fits every number of pictures. */
  private static double loss(
      double[][] vectors, int[] classes, int lines, double l2, double[] point, double[] gradient) {
    int width = vectors[0].length;
    double[][] gradients = new double[PARTS][point.length];
    double[] losses =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToDouble(
                part -> {
                  int from = (int) ((long) vectors.length * part / PARTS);
                  int to = (int) ((long) vectors.length * (part + 1) / PARTS);
                  double[] scores = new double[lines];
                  double sum = 0;
                  for (int i = from; i < to; i++) {
                    score(point, vectors[i], scores);
                    sum += lossOf(scores, classes[i]);
                    for (int line = 0; line < lines; line++) {
                      add(gradients[part], line * (width + 1), scores[line], vectors[i]);
                    }
                  }
                  return sum;
                })
            .toArray();
    double value = 0;
    Arrays.fill(gradient, 0);
    for (int part = 0; part < PARTS; part++) {
      value += losses[part];
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] += gradients[part][k];
      }
    }
    for (int k = 0; k < gradient.length; k++) {
      if (k % (width + 1) != width) {
        value += l2 / 2 * point[k] * point[k];
        gradient[k] += l2 * point[k];
      }
      gradient[k] /= vectors.length;
    }
    return value / vectors.length;
  }

  /** The log loss of a picture; its scores become how the loss changes with them. */
  private static double lossOf(double[] scores, int right) {
    if (scores.length == 1) {
      double margin = right == 0 ? scores[0] : -scores[0];
      double wrong = 1 / (1 + Math.exp(margin));
      scores[0] = right == 0 ? -wrong : wrong;
      return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - highest);
    }
    double loss = Math.log(sum) + highest - scores[right];
    for (int line = 0; line < scores.length; line++) {
      scores[line] = Math.exp(scores[line] - highest) / sum - (line == right ? 1 : 0);
    }
    return loss;
  }

  private static void score(double[] point, double[] vector, double[] scores) {
    int width = vector.length;
    for (int line = 0; line < scores.length; line++) {
      int from = line * (width + 1);
      double sum = point[from + width];
      for (int k = 0; k < width; k++) {
        sum += point[from + k] * vector[k];
      }
      scores[line] = sum;
    }
  }

  private static void add(double[] gradient, int from, double times, double[] vector) {
    for (int k = 0; k < vector.length; k++) {
      gradient[from + k] += times * vector[k];
    }
    gradient[from + vector.length] += times;
  }

  /** Whether it is as near to the least as it is meant to be. */
  boolean isConverged() {
    return converged;
  }

  /** By line its weights, then the intercept. */
  double[] weights() {
    return weights.clone();
  }

  /** The scores of a picture by class, of which the highest is told. */
  double[] scores(double[] vector) {
    double[] scores = new double[lines];
    score(weights, vector, scores);
    return lines == 1 ? new double[] {scores[0], 0} : scores;
  }

  /** The mean log loss of pictures, infinite or less. */
  double loss(double[][] vectors, int[] classes) {
    double sum = 0;
    for (int i = 0; i < vectors.length; i++) {
      double[] scores = new double[lines];
      score(weights, vectors[i], scores);
      sum += lossOf(scores, classes[i]);
    }
    return sum / vectors.length;
  }

  /** The share of pictures that are put into their class. */
  double accuracy(double[][] vectors, int[] classes) {
    int right = 0;
    for (int i = 0; i < vectors.length; i++) {
      double[] scores = scores(vectors[i]);
      int best = 0;
      for (int c = 1; c < scores.length; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      right += best == classes[i] ? 1 : 0;
    }
    return (double) right / vectors.length;
  }
}
