package dev.facet.prepare.whole;

/** Who is told how far the shards are. */
public interface WholeProgress {
  /**
   * Shards were finished.
   *
   * @param samples in shards that are finished
   * @param total all that will be
   */
  void written(long samples, long total);
}
