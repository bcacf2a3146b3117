package dev.facet.eval.retrieval;

/**
 * How ranks are counted.
 *
 * @param tieRule where a positive stands among equal negatives
 * @param duplicateAware whether a caption also counts as positive for every image that carries an
 *     identical caption; without it, repeated captions (frequent in face data) are wrong answers
 *     that no model can avoid
 * @param depth K of mAP@K: how many of a query's best candidates are looked at
 * @param threads how many threads score, at least 1
 */
public record RetrievalSettings(TieRule tieRule, boolean duplicateAware, int depth, int threads) {
  /** The K of mAP@K that is usual. */
  public static final int DEPTH = 10;

  public RetrievalSettings {
    if (depth < 1) {
      throw new IllegalArgumentException("depth is " + depth + ", must be at least 1");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
    }
  }

  /** Ties by index, duplicates known, this many threads. */
  public static RetrievalSettings standard(int threads) {
    return new RetrievalSettings(TieRule.INDEX, true, DEPTH, threads);
  }

  /** The same with the other convention for identical captions. */
  RetrievalSettings otherwise() {
    return new RetrievalSettings(tieRule, !duplicateAware, depth, threads);
  }
}
