package dev.facet.loader.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Where the rows of a table go, in their order; each is an object by the names of its columns. */
public interface ObjectSink {
  /**
   * The next row.
   *
   * @param number in its file, from 0
   */
  void row(long number, ObjectNode row) throws IOException;

  /**
   * Rows that cannot be read.
   *
   * @param first number of the first
   * @param why a sentence that names the place
   */
  void unreadable(long first, long count, String why) throws IOException;
}
