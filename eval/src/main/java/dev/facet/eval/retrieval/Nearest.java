package dev.facet.eval.retrieval;

/**
 * The candidates that score highest for a query, best first, equal scores by index.
 *
 * @param candidates their rows
 * @param scores their dot products with the query
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Nearest(int[] candidates, float[] scores) {

  /** Of all candidates, or as many as there are. */
  static Nearest of(Embeddings queries, int query, Embeddings candidates, int count) {
    int[] best = new int[Math.min(count, candidates.rows())];
    float[] score = new float[best.length];
    int filled = 0;
    for (int candidate = 0; candidate < candidates.rows(); candidate++) {
      float s = Embeddings.dot(queries, query, candidates, candidate);
      int place = filled;
      while (place > 0 && score[place - 1] < s) {
        place--;
      }
      if (place < best.length) {
        filled = Math.min(filled + 1, best.length);
        System.arraycopy(best, place, best, place + 1, filled - place - 1);
        System.arraycopy(score, place, score, place + 1, filled - place - 1);
        best[place] = candidate;
        score[place] = s;
      }
    }
    return new Nearest(best, score);
  }
}
