package dev.facet.loader.table;

import dev.facet.base.FacetException;
import dev.facet.loader.data.StoredVector;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.vector.Element;
import dev.facet.loader.vector.VectorColumn;
import dev.facet.loader.vector.VectorColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Parquet file of vectors and ids. A page of each column is in memory, no more, whatever the size
 * of its row groups.
 */
public final class VectorTable {
  private final ParquetTable table;
  private final VectorColumns columns;

  private VectorTable(ParquetTable table, VectorColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * Opens a file and finds its columns by their types.
   *
   * @param id name of the column with the ids; empty for the only one that can be it
   * @param vector name of the column with the vectors, or what the names of its numbers' columns
   *     begin with; empty for the only one
   * @param element of vectors that are bytes
   * @throws FacetException if the file cannot be read, or more than one column could be the one
   */
  public static VectorTable open(Path path, String id, String vector, Element element) {
    ParquetTable table = ParquetTable.open(path);
    return new VectorTable(table, VectorColumns.of(path, table.schema(), id, vector, element));
  }

  /** Rows as the footer has them. */
  public long rows() {
    return table.rows();
  }

  /**
   * How wide the first vectors are, those that lack numbers left out.
   *
   * @param most so many rows of a row group are looked at, until there is a vector
   * @throws IOException if the file as a whole cannot be read any more
   */
  public List<Integer> firstWidths(int most) throws IOException {
    List<Integer> widths = new ArrayList<>();
    StoredVector cell = new StoredVector();
    try (ParquetRows rows = new ParquetRows(table.path(), columns.vector().leaves())) {
      for (int group = 0; group < rows.groups() && widths.isEmpty(); group++) {
        int count = Math.min(most, rows.rows(group));
        rows.rewind(group);
        rows.reading(
            group,
            () -> {
              for (int r = 0; r < count; r++) {
                read(rows, cell);
                if (!cell.lacks()) {
                  widths.add(cell.count());
                }
              }
            });
      }
    }
    return widths;
  }

  private void read(ParquetRows rows, StoredVector into) throws IOException {
    into.clear();
    VectorColumn vector = columns.vector();
    for (int c = 0; c < vector.leaves().size(); c++) {
      rows.read(c, (values, slot) -> vector.add(values, slot, slot + 1, into));
    }
  }

  /**
   * Reads rows in order. A row group that is damaged costs its rows.
   *
   * @throws IOException from the sink, or if the file as a whole cannot be read any more
   */
  public void read(VectorSink sink) throws IOException {
    List<Schema.Leaf> leaves = columns.all();
    StoredVector cell = new StoredVector();
    LeafCell id = new LeafCell(columns.id());
    try (ParquetRows rows = new ParquetRows(table.path(), leaves)) {
      long first = 0;
      for (int group = 0; group < rows.groups(); group++) {
        int count = rows.rows(group);
        String why = rows.begin(group);
        if (why != null) {
          sink.unreadable(first, count, why);
        }
        for (int r = 0; why == null && r < count; r++) {
          read(rows, cell);
          id.begin();
          rows.read(leaves.size() - 1, id);
          sink.row(
              first + r,
              id.isNull() ? "" : id.cell().asText(),
              cell.lacks() ? null : cell.numbers(),
              cell.count());
        }
        first += count;
      }
    }
  }
}
