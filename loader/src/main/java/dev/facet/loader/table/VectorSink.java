package dev.facet.loader.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the rows of a table of vectors go, in their order. */
public interface VectorSink {
  /**
   * The next row.
   *
   * @param number in its file, from 0
   * @param id as a text; empty if it has none
   * @param vector null if it has none, or one that lacks numbers; used again for the next row
   * @param width numbers in it, the first ones of the array
   */
  void row(long number, String id, float @Nullable [] vector, int width) throws IOException;

  /**
   * Rows that cannot be read.
   *
   * @param first number of the first
   * @param why a sentence that names the place
   */
  void unreadable(long first, long count, String why) throws IOException;
}
