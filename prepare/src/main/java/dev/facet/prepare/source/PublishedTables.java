package dev.facet.prepare.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.source.TextTable;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.table.ParquetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables of addresses: Parquet, CSV, TSV, JSON lines, JSON arrays, or a text with an address per
 * line. Memory stays flat, whatever the size of files and row groups. May be read by several
 * threads at once.
 */
public final class PublishedTables {
  private final TableColumns columns;
  private final List<String> names;
  private final List<TableFile> files;

  private PublishedTables(TableColumns columns, List<String> names, List<TableFile> files) {
    this.columns = columns;
    this.names = names;
    this.files = files;
  }

  /**
   * Looks for the tables at a path, and in each for the columns.
   *
   * @throws FacetException if none is there, one is no table (a page of HTML, a pointer of Git LFS,
   *     a file without its end), or one lacks a column, which says what is there
   */
  public static PublishedTables open(Path fileOrFolder, TableColumns columns) {
    List<String> names = ColumnChoice.names(columns);
    List<TableFile> files =
        TablePaths.find(fileOrFolder, names).stream()
            .map(path -> file(fileOrFolder, path))
            .toList();
    PublishedTables tables = new PublishedTables(columns, names, files);
    files.forEach(tables::choice);
    return tables;
  }

  private static TableFile file(Path root, Path path) {
    GitLfs.refuse(path);
    try {
      long rows = TablePaths.isParquet(path) ? ParquetTable.open(path).rows() : -1;
      return new TableFile(TablePaths.name(root, path), path, Files.size(path), rows);
    } catch (IOException e) {
      throw TableReading.unreadable(path, e);
    }
  }

  /** The files, numbers in their names by value: {@code part-2} before {@code part-10}. */
  public List<TableFile> files() {
    return files;
  }

  /** The columns of captions, each once, in the order in which they are looked for. */
  public List<String> captions() {
    return files.stream().flatMap(file -> choice(file).captions().stream()).distinct().toList();
  }

  /**
   * Counts the rows of a file, unreadable ones included: at once where a footer tells, else by
   * reading it.
   *
   * @throws FacetException if it cannot be read
   */
  public long count(TableFile file) throws InterruptedException {
    if (file.rows() >= 0) {
      return file.rows();
    }
    Counting counting = new Counting();
    try {
      TableReading.run(file.path(), () -> new TextTable(file.path(), names).read(counting));
    } catch (IOException e) {
      throw TableReading.unreadable(file.path(), e);
    }
    return counting.rows;
  }

  /**
   * Reads the rows of a file in order.
   *
   * @throws FacetException if the file as a whole cannot be read, any more
   * @throws IOException from the sink
   * @throws InterruptedException from the sink, or when the thread is interrupted
   */
  public void read(TableFile file, RowSink sink) throws IOException, InterruptedException {
    ColumnChoice choice = choice(file);
    Rows rows = new Rows(choice, sink);
    TableReading.run(
        file.path(),
        () -> {
          if (TablePaths.isParquet(file.path())) {
            ParquetTable.open(file.path()).read(choice.read(), rows);
          } else {
            new TextTable(file.path(), names).read(rows);
          }
        });
  }

  private ColumnChoice choice(TableFile file) {
    Path path = file.path();
    if (TablePaths.isParquet(path)) {
      ParquetTable table = ParquetTable.open(path);
      return ColumnChoice.of(path, columns, table::has, table.schema().columns());
    }
    Seen seen = new Seen(path);
    try {
      new TextTable(path, names).read(seen);
    } catch (EnoughException e) {
      // Everything that is looked for was seen.
    } catch (IOException e) {
      throw TableReading.unreadable(path, e);
    }
    return ColumnChoice.of(path, columns, seen::has, seen.there);
  }

  /** Makes rows of objects. */
  private record Rows(ColumnChoice choice, RowSink sink) implements ObjectSink {
    @Override
    public void row(long number, ObjectNode row) throws IOException {
      TableReading.checkInterrupt();
      PublishedRow made = choice.row(number, row);
      TableReading.give(() -> sink.row(made));
    }

    @Override
    public void unreadable(long first, long count, String why) throws IOException {
      TableReading.give(() -> sink.unreadable(first, count, why));
    }
  }

  private static final class Counting implements ObjectSink {
    private long rows;

    @Override
    public void row(long number, ObjectNode row) throws IOException {
      TableReading.checkInterrupt();
      rows++;
    }

    @Override
    public void unreadable(long first, long count, String why) {
      rows += count;
    }
  }

  /** Which columns a text has; looks at its rows until all that are looked for were there. */
  private final class Seen implements ObjectSink {
    private final Path path;
    private final Set<String> there = new LinkedHashSet<>();
    private final Set<String> found = new LinkedHashSet<>();
    private boolean any;

    Seen(Path path) {
      this.path = path;
    }

    boolean has(String name) {
      return !any || found.contains(name);
    }

    @Override
    public void row(long number, ObjectNode row) throws IOException {
      any = true;
      row.fieldNames().forEachRemaining(there::add);
      boolean more = false;
      for (String name : ColumnChoice.readNames(columns)) {
        if (Cells.find(row, name) != null) {
          more |= found.add(name);
        }
      }
      if (more && isEnough()) {
        throw new EnoughException();
      }
    }

    private boolean isEnough() {
      try {
        ColumnChoice.of(path, columns, found::contains, there);
        return true;
      } catch (FacetException e) {
        return false;
      }
    }

    @Override
    public void unreadable(long first, long count, String why) {
      // Its turn comes when the rows are read.
    }
  }
}
