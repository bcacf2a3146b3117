package dev.facet.prepare.source;

import java.io.IOException;

/** Where the rows of a table go, one after the other. */
public interface RowSink {
  /** The next row. */
  void row(PublishedRow row) throws IOException, InterruptedException;

  /**
   * Rows that cannot be read, in their place among the others: those of a damaged row group, a line
   * that is no row.
   *
   * @param first number of the first
   * @param count at least 1
   * @param why a sentence that names the place
   */
  void unreadable(long first, long count, String why) throws IOException, InterruptedException;
}
