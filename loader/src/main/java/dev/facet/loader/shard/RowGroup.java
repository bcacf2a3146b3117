package dev.facet.loader.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** The rows of one row group, held with the buffers that their pictures are views of. */
record RowGroup(List<RawRow> rows, PageReadStore pages) implements AutoCloseable {

  /** Reads some columns of a row group, each run of neighbouring columns in one go. */
  static RowGroup read(ShardFile file, int group, MessageType columns, BufferPool buffers)
      throws IOException {
    try (ParquetFileReader reader = file.reader(buffers)) {
      reader.setRequestedSchema(columns);
      PageReadStore pages = reader.readRowGroup(group);
      try {
        return new RowGroup(rows(file, pages, columns), pages);
      } catch (RuntimeException e) {
        pages.close();
        throw e;
      }
    } catch (UnsupportedOperationException e) {
      // A sound file of a kind that is not read; a copy of it would be no better.
      throw new IOException(
          "row group %d of %s cannot be read: %s".formatted(group, file.path(), e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      // Parquet reports damaged pages by many kinds of unchecked exceptions.
      throw new IOException(
          "row group %d of %s cannot be read (%s): delete the file and make or copy it again"
              .formatted(group, file.path(), e.getMessage()),
          e);
    }
  }

  private static List<RawRow> rows(ShardFile file, PageReadStore pages, MessageType columns) {
    MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns, file.schema());
    RecordReader<RawRow> records = io.getRecordReader(pages, new RowMaterializer(columns));
    int count = Math.toIntExact(pages.getRowCount());
    List<RawRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(records.read());
    }
    return rows;
  }

  @Override
  public void close() {
    pages.close();
  }
}
