package dev.facet.loader.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Footer;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.UnreadableException;
import dev.facet.loader.storage.Patience;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Parquet file as a table of texts and numbers. A page of each column is in memory, no more,
 * whatever the size of its row groups.
 *
 * @param schema its columns
 * @param rows as its footer has them
 */
public record ParquetTable(Path path, Schema schema, long rows) {
  /**
   * Reads the footer of a file.
   *
   * @throws FacetException if it has none, naming the file and the cure
   */
  public static ParquetTable open(Path path) {
    try {
      return Patience.sleeping().read(() -> read(path));
    } catch (UnsupportedOperationException | IOException e) {
      throw FacetException.run(describe(path, e), e);
    }
  }

  private static ParquetTable read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Footer footer = Footer.read(path, channel);
      RowGroups groups = footer.rowGroups(List.of(), 0, -1);
      long rows = 0;
      for (int g = 0; g < groups.count(); g++) {
        rows += groups.rows(g);
      }
      return new ParquetTable(path, footer.schema(), rows);
    } catch (FileSystemException e) {
      StorageException storage = StorageException.of(path, e);
      throw storage != null ? storage : e;
    }
  }

  private static String describe(Path path, Exception e) {
    Exception known =
        e instanceof FileSystemException opening ? new UnreadableException(opening) : e;
    boolean damaged = known instanceof IOException && !(known instanceof UnreadableException);
    return path + " " + known.getMessage() + (damaged ? ": download it again" : "");
  }

  /** Whether there is a column of this name, or a field of a structure. */
  public boolean has(String name) {
    return !schema.under(name).isEmpty();
  }

  /**
   * Reads rows in order. A row group that is damaged costs its rows.
   *
   * @param names of columns, or fields of structures; each is there
   * @throws IOException from the sink, or if the file as a whole cannot be read any more
   */
  public void read(List<String> names, ObjectSink sink) throws IOException {
    Map<Schema.Leaf, LeafCell> leaves = new LinkedHashMap<>();
    List<JsonCell> cells = names.stream().map(name -> new JsonCell(schema, name, leaves)).toList();
    try (ParquetRows rows = new ParquetRows(path, List.copyOf(leaves.keySet()))) {
      long first = 0;
      for (int group = 0; group < rows.groups(); group++) {
        int count = rows.rows(group);
        String why = rows.begin(group);
        if (why == null) {
          for (int r = 0; r < count; r++) {
            read(rows, leaves.values());
            sink.row(first + r, row(names, cells));
          }
        } else {
          sink.unreadable(first, count, why);
        }
        first += count;
      }
    }
  }

  private static void read(ParquetRows rows, Collection<LeafCell> leaves) throws IOException {
    int column = 0;
    for (LeafCell leaf : leaves) {
      leaf.begin();
      rows.read(column++, leaf);
    }
  }

  private static ObjectNode row(List<String> names, List<JsonCell> cells) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.size(); i++) {
      row.set(names.get(i), cells.get(i).cell());
    }
    return row;
  }
}
