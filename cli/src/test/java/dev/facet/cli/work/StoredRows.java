package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.table.ParquetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the Parquet files of a folder hold. */
final class StoredRows {
  private StoredRows() {}

  /** All rows with all columns, file by file in the order of their names. */
  static List<ObjectNode> of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (Path file : files) {
      ParquetTable table = ParquetTable.open(file);
      table.read(
          table.schema().columns(),
          new ObjectSink() {
            @Override
            public void row(long number, ObjectNode row) {
              rows.add(row);
            }

            @Override
            public void unreadable(long first, long count, String why) {
              throw new IllegalStateException(why);
            }
          });
    }
    return rows;
  }
}
