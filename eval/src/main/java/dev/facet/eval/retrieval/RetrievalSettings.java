package dev.facet.eval.retrieval;

/**
 * How ranks are counted.
 *
 * @param tieRule where a positive stands among equal negatives
 * @param duplicateAware whether a caption also counts as positive for every image that carries an
 *     identical caption; without it, repeated captions (frequent in face data) are wrong answers
 *     that no model can avoid
 * @param threads how many threads score, at least 1
 */
public record RetrievalSettings(TieRule tieRule, boolean duplicateAware, int threads) {
  public RetrievalSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
    }
  }

  /** Ties by index, duplicates known, this many threads. */
  public static RetrievalSettings standard(int threads) {
    return new RetrievalSettings(TieRule.INDEX, true, threads);
  }
}
