package dev.facet.loader.table;

import dev.facet.loader.parquet.Footer;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.UnreadableException;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of a Parquet file, row by row. A row group with damage anywhere in these columns is
 * found out before its first row is given away: which of its rows are sound nobody can tell.
 */
final class ParquetRows implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final RowGroups groups;
  private final List<ColumnCursor> columns = new ArrayList<>();

  ParquetRows(Path path, List<Schema.Leaf> wanted) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    boolean done = false;
    try {
      groups = Footer.read(path, channel).rowGroups(wanted, wanted.size(), -1);
      for (Schema.Leaf leaf : wanted) {
        columns.add(new ColumnCursor(path, channel, leaf));
      }
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  int groups() {
    return groups.count();
  }

  int rows(int group) {
    return groups.rows(group);
  }

  /**
   * Goes to the first row of a group, of which every column was read through.
   *
   * @return why its rows cannot be read; null if they can
   * @throws IOException if the file is not to blame
   */
  @Nullable String begin(int group) throws IOException {
    String why =
        reading(
            group,
            () -> {
              for (int c = 0; c < columns.size() && rows(group) > 0; c++) {
                columns.get(c).check(groups, group, c);
              }
            });
    if (why == null) {
      rewind(group);
    }
    return why;
  }

  /** Goes to the first row of a group, for {@link #reading} a few rows to look at. */
  void rewind(int group) {
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).begin(groups, group, c);
    }
  }

  /** Something that reads from a row group. */
  interface Reading {
    void run() throws IOException;
  }

  /**
   * Reads.
   *
   * @return why it cannot be read; null if it could be
   * @throws IOException if the file is not to blame
   */
  @Nullable String reading(int group, Reading reading) throws IOException {
    try {
      reading.run();
      return null;
    } catch (ClosedByInterruptException | StorageException | UnreadableException e) {
      throw e;
    } catch (UnsupportedOperationException e) {
      return String.format(
          Locale.ROOT, "row group %d of %s cannot be read: %s", group, path, e.getMessage());
    } catch (IOException | RuntimeException e) {
      // The libraries report damaged pages by exceptions of their own.
      return String.format(
          Locale.ROOT,
          "row group %d of %s cannot be read (%s): download the file again",
          group,
          path,
          e.getMessage());
    }
  }

  /** Reads a column in its next row; each column once for each row. */
  void read(int column, ColumnCursor.Slots into) throws IOException {
    columns.get(column).read(into);
  }

  @Override
  public void close() throws IOException {
    columns.forEach(ColumnCursor::close);
    channel.close();
  }
}
