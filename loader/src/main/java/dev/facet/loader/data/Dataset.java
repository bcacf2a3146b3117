package dev.facet.loader.data;

import dev.facet.base.SampleRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows of pictures with captions, as a list of chunks: a chunk is a few hundred consecutive rows
 * read in one go. Counts are known without reading a picture. Thread-safe.
 */
public interface Dataset extends AutoCloseable {
  /** What messages call this dataset: a path, usually. */
  String name();

  int chunkCount();

  /** What messages call a chunk. */
  default String where(int chunk) {
    return name() + ", chunk " + chunk;
  }

  /** Rows in a chunk; at least 1. */
  int rowCount(int chunk);

  /** Memory that a chunk takes while it is open, at most; 0 where that is next to nothing. */
  default long bytes(int chunk) {
    return 0;
  }

  /**
   * Opens a chunk for reading.
   *
   * @throws dev.facet.loader.storage.StorageException if it is not its fault that it cannot be
   *     opened; to be tried again
   * @throws IOException if its rows cannot be used
   */
  Chunk open(int chunk) throws IOException;

  /**
   * The captions of a chunk's usable rows, for counting words; a source overrides this where it can
   * do so without reading pictures.
   */
  default List<List<String>> captions(int chunk) throws IOException {
    List<List<String>> captions = new ArrayList<>();
    try (Chunk open = open(chunk)) {
      for (int i = 0; i < rowCount(chunk); i++) {
        try {
          captions.add(open.row(i).captions());
        } catch (BadSampleException ignored) {
          // It has no words to count; the loader will report it.
        }
      }
    }
    return captions;
  }

  /**
   * Visits all rows of a chunk in their order, usable ones or not, with what they say besides
   * picture, captions and box: id, source and labels. A source overrides this where it can do so
   * without reading pictures.
   *
   * @param visitor given the same place for every row
   */
  default void describe(int chunk, Consumer<Row> visitor) throws IOException {
    Row row = Row.lenient();
    try (Chunk open = open(chunk)) {
      for (int i = 0; i < rowCount(chunk); i++) {
        try {
          open.read(i, row);
        } catch (BadSampleException ignored) {
          // What is known of it stands in the place all the same.
        }
        visitor.accept(row);
      }
    }
  }

  /** Rows and bytes of all chunks. */
  default ChunkSizes sizes() {
    return new ChunkSizes(chunkCount(), this::rowCount, this::bytes);
  }

  /** Number of rows. */
  default long size() {
    long rows = 0;
    for (int chunk = 0; chunk < chunkCount(); chunk++) {
      rows += rowCount(chunk);
    }
    return rows;
  }

  /**
   * A number that changes when rows come or go, or lie in other chunks: then a saved position means
   * other rows. Never 0.
   */
  default long layout() {
    long layout = 1;
    for (int chunk = 0; chunk < chunkCount(); chunk++) {
      layout = SampleRandom.mix(layout + rowCount(chunk));
    }
    return layout == 0 ? 1 : layout;
  }

  /**
   * Numbers of the vectors that stand in the pictures' places; 0 where there are pictures.
   *
   * @throws dev.facet.base.FacetException if vectors are meant to be there and none can be read
   */
  default int vectorWidth() {
    return 0;
  }

  /** What is looked for in a row, and where, for those who find nothing. */
  default String sought() {
    return "facet inspect tells what is there";
  }

  /** What its reader should know: a tar that ends too early, for one. Usually nothing. */
  default List<String> notes() {
    return List.of();
  }

  @Override
  void close();
}
