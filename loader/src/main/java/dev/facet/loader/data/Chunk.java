package dev.facet.loader.data;

import java.io.IOException;

/** The rows of one chunk. Several threads may read rows at once; views end with {@link #close}. */
public interface Chunk extends AutoCloseable {
  /**
   * Fills a place with one row. Its image is a view that lives until this chunk is closed or the
   * calling thread reads its next row, whichever comes first.
   *
   * @param row cleared first; when this throws it holds what is known, its id above all
   * @throws BadSampleException if this row cannot be used (missing file, no caption); others can
   * @throws IOException if the chunk as a whole cannot be read
   * @throws dev.facet.loader.storage.StorageException if that is not its fault; to be tried again
   */
  void read(int index, Row row) throws IOException, BadSampleException;

  /** A row in a place of its own, for those who read a few. */
  default Row row(int index) throws IOException, BadSampleException {
    Row row = new Row();
    read(index, row);
    return row;
  }

  @Override
  void close();
}
