package dev.facet.loader.data;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * How many rows each chunk of a dataset has, the number of its first row, and the memory that it
 * takes while it is open.
 */
public final class ChunkSizes {
  private final long[] firstRow;
  private final long[] bytes;

  /**
   * @param rowCount rows of each chunk in [0, chunks)
   * @param byteCount bytes of each
   */
  public ChunkSizes(int chunks, IntUnaryOperator rowCount, IntToLongFunction byteCount) {
    firstRow = new long[chunks + 1];
    bytes = new long[chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      firstRow[chunk + 1] = firstRow[chunk] + rowCount.applyAsInt(chunk);
      bytes[chunk] = byteCount.applyAsLong(chunk);
    }
  }

  /** Chunks that take next to no memory. */
  public ChunkSizes(int chunks, IntUnaryOperator rowCount) {
    this(chunks, rowCount, chunk -> 0);
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

  /** Memory that a chunk takes while it is open. */
  public long bytes(int chunk) {
    return bytes[chunk];
  }

  /** Memory that the largest chunk takes. */
  public long mostBytes() {
    return Arrays.stream(bytes).max().orElse(0);
  }

  /** Memory that all chunks together would take. */
  public long allBytes() {
    return Arrays.stream(bytes).sum();
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
