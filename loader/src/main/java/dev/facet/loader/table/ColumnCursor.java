package dev.facet.loader.table;

import dev.facet.loader.parquet.ColumnPages;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Values;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/** The values of one column, row by row; a row may begin in one page and go on in the next. */
final class ColumnCursor implements AutoCloseable {
  /** Takes the slots of a row; the value in one is gone when the call returns. */
  interface Slots {
    void slot(Values values, int slot) throws IOException;
  }

  private final ColumnPages pages;
  private final Values values = new Values();
  private final boolean repeated;

  /** Of the page, the next row. */
  private int row;

  private int rows;

  ColumnCursor(Path path, FileChannel channel, Schema.Leaf leaf) {
    this.pages = new ColumnPages(path, channel, leaf);
    this.repeated = leaf.maxRepetition() > 0;
  }

  /** Goes to the begin of a column of a row group, and believes that it is sound. */
  void begin(RowGroups groups, int group, int column) {
    pages.begin(groups, group, column);
    row = 0;
    rows = 0;
  }

  /**
   * Reads a column of a row group through to its end: a page that is damaged may have more rows or
   * fewer than it had, and all that follow would get into the wrong company.
   *
   * @throws IOException if anything in it is damaged
   */
  void check(RowGroups groups, int group, int column) throws IOException {
    begin(groups, group, column);
    long all = 0;
    while (pages.next(values)) {
      all += values.rows();
    }
    if (all != groups.rows(group)) {
      throw new IOException(
          String.format(
              Locale.ROOT, "a column has %d rows where %d are promised", all, groups.rows(group)));
    }
  }

  /** Reads the next row, of which the caller knows that it is there. */
  void read(Slots into) throws IOException {
    while (row == rows) {
      load();
    }
    int end = values.end(row);
    for (int slot = values.first(row); slot < end; slot++) {
      into.slot(values, slot);
    }
    row++;
    // The next page may begin with the rest of the row.
    while (repeated && row == rows && load()) {
      int rest = values.first(0);
      for (int slot = 0; slot < rest; slot++) {
        into.slot(values, slot);
      }
    }
  }

  private boolean load() throws IOException {
    boolean more = pages.next(values);
    if (more) {
      row = 0;
      rows = values.rows();
    } else if (!repeated) {
      throw new IOException("the file was changed while it was read");
    }
    return more;
  }

  @Override
  public void close() {
    pages.close();
  }
}
