package dev.facet.eval.retrieval;

/**
 * What ranks are made of: dot products in float64. The product of two float32 numbers is exact
 * there; they are added up in eight sums, of every eighth number each, so a score is the same bits
 * whichever of the two is the query, and wherever it is computed.
 *
 * <p>One instance serves one thread, and is fastest query after query.
 */
final class ExactScores {
  private static final int SUMS = 8;

  /** Half the distance from 1 to the next float32. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** For what float64 rounds on top, which is a billionth of what float32 does. */
  private static final double SLACK = 1 + 1e-6;

  private final Embeddings queries;
  private final Embeddings candidates;
  private final float[] query;
  private final float[] candidate;
  private int loaded = -1;

  ExactScores(Embeddings queries, Embeddings candidates) {
    this.queries = queries;
    this.candidates = candidates;
    this.query = new float[queries.dim()];
    this.candidate = new float[queries.dim()];
  }

  /** The score of a pair. */
  double of(int queryRow, int candidateRow) {
    load(queryRow);
    candidates.copyRow(candidateRow, candidate, 0);
    return dot(query, candidate);
  }

  private void load(int queryRow) {
    if (loaded != queryRow) {
      queries.copyRow(queryRow, query, 0);
      loaded = queryRow;
    }
  }

  /**
   * How far from the score of any pair of this query the same dot product in float32 can be, in
   * whatever order it is added up, with or without fused multiply-adds: {@code gamma_n |x| |y|}
   * with {@code gamma_n = n u / (1 - n u)}, {@code u = 2^-24} (Higham 2002, "Accuracy and Stability
   * of Numerical Algorithms", section 3.1, (3.5), by the Cauchy-Schwarz inequality), and for each
   * of the n products what is lost where numbers below the least normal one become zero.
   *
   * @param longest length of the longest candidate
   */
  double margin(int queryRow, double longest) {
    load(queryRow);
    double nu = query.length * UNIT_ROUNDOFF;
    double gamma = nu / (1 - nu);
    return gamma * Math.sqrt(dot(query, query)) * longest * SLACK
        + 2.0 * query.length * Float.MIN_NORMAL;
  }

  static double dot(float[] a, float[] b) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int whole = a.length - a.length % SUMS;
    for (int k = 0; k < whole; k += SUMS) {
      s0 += (double) a[k] * b[k];
      s1 += (double) a[k + 1] * b[k + 1];
      s2 += (double) a[k + 2] * b[k + 2];
      s3 += (double) a[k + 3] * b[k + 3];
      s4 += (double) a[k + 4] * b[k + 4];
      s5 += (double) a[k + 5] * b[k + 5];
      s6 += (double) a[k + 6] * b[k + 6];
      s7 += (double) a[k + 7] * b[k + 7];
    }
    double rest = 0;
    for (int k = whole; k < a.length; k++) {
      rest += (double) a[k] * b[k];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
  }
}
