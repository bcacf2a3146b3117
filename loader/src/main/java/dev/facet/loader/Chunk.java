package dev.facet.loader;

import java.io.IOException;

/** The rows of one chunk. Several threads may read rows at once; views end with {@link #close}. */
public interface Chunk extends AutoCloseable {
  /**
   * One row. Its image is a view that lives until this chunk is closed or the calling thread asks
   * for its next row, whichever comes first; mostly direct memory, but not always.
   *
   * @throws BadSampleException if this row cannot be used (missing file, no caption); others can
   * @throws IOException if the chunk as a whole cannot be read
   */
  Row row(int index) throws IOException, BadSampleException;

  @Override
  void close();
}
