package dev.facet.loader.shard;

/** What is read of a row group. */
enum WantedColumns {
  ROWS,
  CAPTIONS,
  /** Names and labels of rows. */
  LABELS,
  /** What tells the split of a row, and whether it is held out. */
  SIDES,
  /** The same, and the pictures. */
  PICTURES;

  int[] of(ColumnMap columns) {
    return switch (this) {
      case ROWS -> columns.rowColumns();
      case CAPTIONS -> columns.captionColumns();
      case LABELS -> columns.labelColumns();
      case SIDES -> columns.sideColumns();
      case PICTURES -> columns.pictureColumns();
    };
  }
}
