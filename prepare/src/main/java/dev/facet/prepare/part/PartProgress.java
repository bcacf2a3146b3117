package dev.facet.prepare.part;

/** Who is told how far the parts are. Any number of threads may call. */
public interface PartProgress {
  /**
   * Rows that an earlier process was done with.
   *
   * @param rows how many
   */
  void found(long rows);

  /** A photo's rows are done. */
  void made(PhotoRecord record);
}
