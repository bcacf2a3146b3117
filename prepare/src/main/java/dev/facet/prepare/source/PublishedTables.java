package dev.facet.prepare.source;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables of addresses: Parquet, CSV, TSV, JSON lines, JSON arrays, or a text with an address per
 * line. Memory stays flat, whatever the size of files and row groups. May be read by several
 * threads at once.
 */
public final class PublishedTables {
  private final List<TableFile> files;

  private PublishedTables(List<TableFile> files) {
    this.files = files;
  }

  /**
   * Looks for the tables at a path, and in each for the columns.
   *
   * @throws FacetException if none is there, one is no table (a page of HTML, a pointer of Git LFS,
   *     a file without its end), or one lacks a column, which says what is there
   */
  public static PublishedTables open(Path fileOrFolder, TableColumns columns) {
    throw new UnsupportedOperationException(fileOrFolder + " " + columns);
  }

  /** The files, numbers in their names by value: {@code part-2} before {@code part-10}. */
  public List<TableFile> files() {
    return files;
  }

  /**
   * Counts the rows of a file, unreadable ones included: at once where a footer tells, else by
   * reading it.
   *
   * @throws FacetException if it cannot be read
   */
  public long count(TableFile file) throws InterruptedException {
    return file.rows();
  }

  /**
   * Reads the rows of a file in order.
   *
   * @throws FacetException if the file as a whole cannot be read, any more
   * @throws IOException from the sink
   * @throws InterruptedException from the sink, or when the thread is interrupted
   */
  public void read(TableFile file, RowSink sink) throws IOException, InterruptedException {
    throw new UnsupportedOperationException(file + " " + sink);
  }
}
