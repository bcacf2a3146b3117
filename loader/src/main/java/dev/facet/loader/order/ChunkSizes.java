package dev.facet.loader.order;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** How many rows each chunk of a dataset has, and the number of its first row. */
public final class ChunkSizes {
  private final long[] firstRow;

  /**
   * @param rowCount rows of each chunk in [0, chunks)
   */
  public ChunkSizes(int chunks, IntUnaryOperator rowCount) {
    firstRow = new long[chunks + 1];
    for (int chunk = 0; chunk < chunks; chunk++) {
      firstRow[chunk + 1] = firstRow[chunk] + rowCount.applyAsInt(chunk);
    }
  }

  public int chunks() {
    return firstRow.length - 1;
  }

  /** Number of rows of the whole dataset. */
  public long rows() {
    return firstRow[chunks()];
  }

  public int rows(int chunk) {
    return (int) (firstRow[chunk + 1] - firstRow[chunk]);
  }

  /** Dataset-wide number of a chunk's first row. */
  public long firstRow(int chunk) {
    return firstRow[chunk];
  }

  /** The chunk that holds a row. */
  public int chunkOf(long row) {
    int found = Arrays.binarySearch(firstRow, row);
    return found >= 0 ? found : -found - 2;
  }
}
