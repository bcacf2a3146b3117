package dev.facet.prepare.source;

import java.io.IOException;

/** Where vectors go, one after the other. */
public interface EmbeddingSink {
  /**
   * A sound vector.
   *
   * @param number of its row in its file, from 0
   * @param id never empty
   * @param vector as wide as all are, finite, not zero; used again for the next one
   */
  void vector(long number, String id, float[] vector) throws IOException, InterruptedException;

  /**
   * A row without one.
   *
   * @param id empty if it has none
   */
  void unusable(long number, String id, VectorFault fault) throws IOException, InterruptedException;

  /**
   * Rows that cannot be read, those of a damaged row group.
   *
   * @param first number of the first
   * @param count at least 1
   * @param why a sentence that names the place
   */
  void unreadable(long first, long count, String why) throws IOException, InterruptedException;
}
