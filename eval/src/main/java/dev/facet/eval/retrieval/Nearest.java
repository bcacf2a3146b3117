package dev.facet.eval.retrieval;

/**
 * The candidates that score highest for a query, best first, equal scores by index.
 *
 * @param candidates their rows
 * @param scores their dot products with the query
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Nearest(int[] candidates, double[] scores) {

  /** Of all candidates, or as many as there are. */
  static Nearest of(Embeddings queries, int query, Embeddings candidates, int count) {
    ExactScores scores = new ExactScores(queries, candidates);
    BestCandidates best = new BestCandidates(Math.min(count, candidates.rows()));
    for (int candidate = 0; candidate < candidates.rows(); candidate++) {
      best.offer(scores.of(query, candidate), candidate);
    }
    return new Nearest(best.candidates(), best.scores());
  }
}
