package dev.facet.loader.shard;

import dev.facet.loader.parquet.Block;
import dev.facet.loader.parquet.Values;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one row group in memory, with the memory that their values lie in. Used again for
 * other row groups.
 */
final class RowGroup {
  private Values[] columns = new Values[0];
  @Nullable Block read;
  @Nullable Block unpacked;

  /** Makes sure that there are so many columns. */
  void expect(int count) {
    if (columns.length < count) {
      columns = new Values[count];
      for (int c = 0; c < count; c++) {
        columns[c] = new Values();
      }
    }
  }

  Values column(int number) {
    return columns[number];
  }
}
