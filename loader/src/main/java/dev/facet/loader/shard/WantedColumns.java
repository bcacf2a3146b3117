package dev.facet.loader.shard;

/** What is read of a row group. */
enum WantedColumns {
  ROWS,
  CAPTIONS,
  SPLIT;

  int[] of(ColumnMap columns) {
    return switch (this) {
      case ROWS -> columns.rowColumns();
      case CAPTIONS -> columns.captionColumns();
      case SPLIT -> new int[] {columns.split()};
    };
  }
}
