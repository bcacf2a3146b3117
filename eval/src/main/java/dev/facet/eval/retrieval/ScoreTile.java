package dev.facet.eval.retrieval;

import java.util.Arrays;

/**
 * Dot products of four queries at a time with a block of candidates, in plain Java.
 *
 * <p>The candidates lie transposed, one array per dimension, so that the inner loop runs over
 * candidates with unit stride and no reduction across lanes: C2 turns it into vector fused
 * multiply-adds. Four queries by four dimensions per pass give sixteen of them for eight loads and
 * four stores.
 *
 * <p>One instance serves one thread.
 */
final class ScoreTile {
  /** Candidates per tile: with 512 dimensions the tile is 1 MiB, the size of a level 2 cache. */
  static final int CANDIDATES = 512;

  /** Queries per pass. */
  static final int QUERIES = 4;

  private final int dim;
  private final float[][] candidate;
  private final float[] query;
  private final float[] row;
  private final float[][] score = new float[QUERIES][CANDIDATES];
  private int count;

  ScoreTile(int dim) {
    this.dim = dim;
    // Dimensions are padded with zeros to a multiple of four; fma(0, 0, s) leaves s as it is.
    int padded = (dim + 3) / 4 * 4;
    candidate = new float[padded][CANDIDATES];
    query = new float[QUERIES * padded];
    row = new float[dim];
  }

  /** Loads candidates from..to (exclusive), at most {@link #CANDIDATES}. */
  void load(Embeddings candidates, int from, int to) {
    count = to - from;
    for (int j = 0; j < count; j++) {
      candidates.copyRow(from + j, row, 0);
      for (int k = 0; k < dim; k++) {
        candidate[k][j] = row[k];
      }
    }
  }

  /**
   * Scores up to {@link #QUERIES} queries; read them with {@link #scores}.
   *
   * @param rows of the queries
   * @param from where in these to begin
   * @param some how many
   */
  void score(Embeddings queries, int[] rows, int from, int some) {
    int padded = candidate.length;
    for (int i = 0; i < some; i++) {
      queries.copyRow(rows[from + i], query, i * padded);
      Arrays.fill(score[i], 0, count, 0f);
    }
    for (int k = 0; k < padded; k += 4) {
      accumulate(k);
    }
  }

  /** The scores of the i-th query of the last pass; only the loaded candidates are valid. */
  float[] scores(int i) {
    return score[i];
  }

  /** How many candidates are loaded. */
  int count() {
    return count;
  }

  private void accumulate(int k) {
    step(
        query,
        k,
        candidate.length,
        candidate[k],
        candidate[k + 1],
        candidate[k + 2],
        candidate[k + 3],
        score[0],
        score[1],
        score[2],
        score[3],
        count);
  }

  // Arrays as parameters and one index: the shape in which C2 proves that nothing overlaps.
  private static void step(
      float[] query,
      int k,
      int stride,
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3,
      float[] s0,
      float[] s1,
      float[] s2,
      float[] s3,
      int count) {
    int p = k;
    float p0 = query[p], p1 = query[p + 1], p2 = query[p + 2], p3 = query[p + 3];
    p += stride;
    float q0 = query[p], q1 = query[p + 1], q2 = query[p + 2], q3 = query[p + 3];
    p += stride;
    float r0 = query[p], r1 = query[p + 1], r2 = query[p + 2], r3 = query[p + 3];
    p += stride;
    float t0 = query[p], t1 = query[p + 1], t2 = query[p + 2], t3 = query[p + 3];
    for (int j = 0; j < count; j++) {
      float x0 = c0[j], x1 = c1[j], x2 = c2[j], x3 = c3[j];
      float a = Math.fma(p3, x3, Math.fma(p2, x2, Math.fma(p1, x1, Math.fma(p0, x0, s0[j]))));
      float b = Math.fma(q3, x3, Math.fma(q2, x2, Math.fma(q1, x1, Math.fma(q0, x0, s1[j]))));
      float c = Math.fma(r3, x3, Math.fma(r2, x2, Math.fma(r1, x1, Math.fma(r0, x0, s2[j]))));
      float d = Math.fma(t3, x3, Math.fma(t2, x2, Math.fma(t1, x1, Math.fma(t0, x0, s3[j]))));
      s0[j] = a;
      s1[j] = b;
      s2[j] = c;
      s3[j] = d;
    }
  }
}
