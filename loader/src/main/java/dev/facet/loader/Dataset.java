package dev.facet.loader;

import java.io.IOException;

/**
 * Rows of pictures with captions, as a list of chunks: a chunk is a few hundred consecutive rows
 * read in one go. Counts are known without reading a picture. Thread-safe.
 */
public interface Dataset extends AutoCloseable {
  /** What messages call this dataset: a path, usually. */
  String name();

  int chunkCount();

  /** Rows in a chunk; at least 1. */
  int rowCount(int chunk);

  /** Opens a chunk for reading. */
  Chunk open(int chunk) throws IOException;

  /** Number of rows. */
  default long size() {
    long rows = 0;
    for (int chunk = 0; chunk < chunkCount(); chunk++) {
      rows += rowCount(chunk);
    }
    return rows;
  }

  @Override
  void close();
}
