package dev.facet.eval.retrieval;

/**
 * What is known of a query's rank, and of its best candidates, while candidates go by in blocks of
 * float32 scores. A score that float32 may have put on the wrong side of the best positive's, or of
 * the last of the best, is computed again in float64; all others are only counted. So the rank is
 * that of the float64 scores, whoever computes the float32 ones, in whatever blocks.
 */
final class QueryCount {
  private final BestCandidates best;
  private int query;
  private double score;
  private double margin;
  private int firstPositive;
  private int tiedPositives;
  private int positives;
  private float low;
  private float high;
  private float floor;
  private long before;
  private long tied;

  /**
   * @param depth K of mAP@K
   */
  QueryCount(int depth) {
    this.best = new BestCandidates(depth);
  }

  /**
   * Begins with a query.
   *
   * @param found its best positive
   * @param bound how far a float32 score of it can be from the right one
   */
  void start(int newQuery, BestPositive found, double bound) {
    query = newQuery;
    score = found.score();
    margin = bound;
    firstPositive = found.first();
    tiedPositives = found.tied();
    positives = found.count();
    // Adding 0 turns -0 into +0, which the count of signs needs.
    low = Math.nextDown((float) (score - bound)) + 0f;
    high = Math.nextUp((float) (score + bound)) + 0f;
    floor = Float.NEGATIVE_INFINITY;
    before = 0;
    tied = 0;
    best.clear();
  }

  /** Float32 scores less than this are less than the best positive's. */
  float low() {
    return low;
  }

  /** Float32 scores greater than this are greater than the best positive's. */
  float high() {
    return high;
  }

  /** Float32 scores less than this are none of the best. */
  float floor() {
    return floor;
  }

  /** Tells that at least K of the candidates that come have this float32 score or a higher one. */
  void raiseFloor(float reached) {
    raiseFloorTo(reached - 2 * margin);
  }

  private void raiseFloorTo(double least) {
    floor = Math.max(floor, Math.nextDown((float) least) + 0f);
  }

  /** Takes so many candidates above {@link #high}. */
  void above(long count) {
    before += count;
  }

  /**
   * Takes a candidate from {@link #low} to {@link #high}.
   *
   * @param exact its score
   */
  void near(int candidate, double exact, TieRule rule) {
    if (exact > score) {
      before++;
    } else if (exact == score && (rule != TieRule.INDEX || candidate < firstPositive)) {
      // By index, those before the first positive of this score are negatives, all of them.
      tied++;
    }
  }

  /** Takes a candidate that may be one of the best; they come in the order of their index. */
  void offer(int candidate, double exact) {
    best.offer(exact, candidate);
    raiseFloorTo(best.least() - margin);
  }

  int query() {
    return query;
  }

  int positives() {
    return positives;
  }

  double rank(TieRule rule) {
    return switch (rule) {
      case INDEX -> 1 + before + tied;
      case OPTIMISTIC -> 1 + before;
      case PESSIMISTIC -> 1 + before + tied - tiedPositives;
      case MID -> 1 + before + (tied - tiedPositives) / 2.0;
    };
  }

  /**
   * Average precision at K.
   *
   * @param marked knows the positives of this query
   */
  double precision(BestPositive marked) {
    return best.averagePrecision(marked::has, positives);
  }
}
