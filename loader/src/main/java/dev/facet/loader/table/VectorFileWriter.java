package dev.facet.loader.table;

import dev.facet.loader.shard.writing.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes a Parquet file of vectors, row by row in the order in which they come: {@code id}, {@code
 * embedding} (a list of float or float16), and other columns. For one thread.
 */
public final class VectorFileWriter implements AutoCloseable {
  private final ParquetWriter<VectorRow> rows;
  private long count;
  private boolean closed;

  /**
   * @param file that must not exist; its name is no matter
   * @param rowsPerGroup rows read in one go; a few thousand
   */
  public VectorFileWriter(Path file, VectorFields fields, int rowsPerGroup) throws IOException {
    String vectors = VectorFields.EMBEDDING + ".list.element";
    RowFile<VectorRow> packed =
        new RowFile<>(file, new VectorRowSupport(fields)).withDictionaryEncoding(false);
    fields.repeated().forEach(name -> packed.withDictionaryEncoding(name, true));
    // Vectors neither repeat nor compress.
    this.rows =
        packed
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCompressionCodec(vectors, CompressionCodecName.UNCOMPRESSED)
            .withStatisticsEnabled(vectors, false)
            .withRowGroupRowCountLimit(rowsPerGroup)
            .build();
  }

  /** Adds a row. */
  public void write(VectorRow row) throws IOException {
    rows.write(row);
    count++;
  }

  /** How many were written. */
  public long count() {
    return count;
  }

  /** The rows of each row group, once closed. */
  List<Integer> groups() {
    return RowFile.groups(rows);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }
}
