package dev.facet.loader.shard;

import dev.facet.loader.parquet.BlockPool;
import org.jspecify.annotations.Nullable;

/**
 * A row group, or the rows of one that are in the split.
 *
 * @param index of the group within the file
 * @param firstRow of the group within the file
 * @param rows in the split
 * @param selected numbers of those rows within the group; null means all
 * @param bytes of memory that the group takes, about: pages as they are kept, before {@link
 *     BlockPool#most} rounds them up
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
record ShardGroup(
    ShardFile file, int index, long firstRow, int rows, int @Nullable [] selected, long bytes) {

  /** Some of its rows. */
  ShardGroup of(int[] rowNumbers) {
    return new ShardGroup(file, index, firstRow, rowNumbers.length, rowNumbers, bytes);
  }

  /** Number within the group of the {@code i}-th row that is in the split. */
  int row(int i) {
    return selected == null ? i : selected[i];
  }
}
