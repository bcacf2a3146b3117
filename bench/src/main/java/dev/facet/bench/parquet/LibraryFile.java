package dev.facet.bench.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One Parquet file, its footer read by a library. Thread-safe. */
interface LibraryFile extends AutoCloseable {
  /** The row groups. */
  List<Group> groups();

  /** The wanted columns of a row group. */
  Map<Wanted, Column> read(int group) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * What a footer says of a row group.
   *
   * @param columns only those that are wanted
   */
  record Group(long rows, List<Chunk> columns) {
    /** Bytes of its columns. */
    long bytes() {
      return columns.stream().mapToLong(Chunk::length).sum();
    }
  }

  /**
   * Where a column of a row group lies.
   *
   * @param flat whether each row has one value
   */
  record Chunk(long start, long length, long values, boolean flat) {}
}
