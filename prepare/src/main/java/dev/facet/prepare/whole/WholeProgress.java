package dev.facet.prepare.whole;

/** Who is told how far the shards are. */
public interface WholeProgress {
  /**
   * A model said how well captions fit.
   *
   * @param samples for which that is known
   * @param total all for which it is asked
   */
  void scored(long samples, long total);

  /**
   * Shards were finished.
   *
   * @param samples in shards that are finished
   * @param total all that will be
   */
  void written(long samples, long total);
}
