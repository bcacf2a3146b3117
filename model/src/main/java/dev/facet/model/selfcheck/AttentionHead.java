package dev.facet.model.selfcheck;

/**
 * One head of attention over one sequence, in float64: query t sees the keys before {@code
 * ends[t]}.
 *
 * @param q queries, [T][d]
 * @param k keys, [P][d]
 * @param v values, [P][d]
 */
record AttentionHead(double[][] q, double[][] k, double[][] v, int[] ends) {

  /** What flows back to queries, keys and values. */
  record Gradients(double[][] q, double[][] k, double[][] v) {}

  private int width() {
    return q[0].length;
  }

  /** {@code softmax(q . k / sqrt(d)) . v}, [T][d]. */
  double[][] attended() {
    double[][] sums = new double[q.length][width()];
    for (int t = 0; t < q.length; t++) {
      double[] weights = weights(t);
      for (int j = 0; j < weights.length; j++) {
        add(sums[t], weights[j], v[j]);
      }
    }
    return sums;
  }

  /**
   * Gradients of the sum of {@code up} times what is attended.
   *
   * @param up [T][d]
   */
  Gradients gradients(double[][] up) {
    Gradients back =
        new Gradients(
            new double[q.length][width()],
            new double[k.length][width()],
            new double[k.length][width()]);
    for (int t = 0; t < q.length; t++) {
      double[] weights = weights(t);
      double[] ofWeights = new double[weights.length];
      double mean = 0;
      for (int j = 0; j < weights.length; j++) {
        ofWeights[j] = dot(up[t], v[j]);
        mean += weights[j] * ofWeights[j];
        add(back.v[j], weights[j], up[t]);
      }
      for (int j = 0; j < weights.length; j++) {
        double ofScore = weights[j] * (ofWeights[j] - mean) / Math.sqrt(width());
        add(back.q[t], ofScore, k[j]);
        add(back.k[j], ofScore, q[t]);
      }
    }
    return back;
  }

  private double[] weights(int query) {
    double[] weights = new double[ends[query]];
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < weights.length; j++) {
      weights[j] = dot(q[query], k[j]) / Math.sqrt(width());
      largest = Math.max(largest, weights[j]);
    }
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      weights[j] = Math.exp(weights[j] - largest);
      sum += weights[j];
    }
    for (int j = 0; j < weights.length; j++) {
      weights[j] /= sum;
    }
    return weights;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] sum, double factor, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }
}
