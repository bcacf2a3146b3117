package dev.facet.loader.table;

import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes one shard of vectors and captions, row by row in the order in which they come: columns
 * {@code id}, {@code embedding} (a list of float or float16), {@code captions}, those of named
 * captions, {@code source} and {@code split}. For one thread.
 */
public final class EmbeddingShardWriter implements AutoCloseable {
  private final Path file;
  private final ParquetWriter<EmbeddingRow> rows;
  private long count;
  private boolean closed;

  /**
   * @param file that must not exist; its name is no matter
   * @param width numbers of every vector
   * @param half whether numbers take 2 bytes, not 4
   * @param named captions that are kept in columns of their own as well
   * @param rowsPerGroup rows read in one go; a few thousand
   */
  public EmbeddingShardWriter(
      Path file, int width, boolean half, List<String> named, int rowsPerGroup) throws IOException {
    this.file = file;
    String numbers = EmbeddingRowSupport.EMBEDDING + ".list.element";
    // They neither repeat nor compress.
    this.rows =
        new RowFile<>(file, new EmbeddingRowSupport(width, half, List.copyOf(named)))
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCompressionCodec(numbers, CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withStatisticsEnabled(numbers, false)
            .withRowGroupRowCountLimit(rowsPerGroup)
            .build();
  }

  /** Adds a row, whose vector is as wide as all are. */
  public void write(EmbeddingRow row) throws IOException {
    rows.write(row);
    count++;
  }

  /** How many were written. */
  public long count() {
    return count;
  }

  /**
   * Finishes the file.
   *
   * @param name that the file will have
   * @return its entry in the manifest
   */
  public Manifest.ShardInfo finish(String name, String split) throws IOException {
    close();
    return new Manifest.ShardInfo(name, split, count, Files.size(file), RowFile.groups(rows));
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }
}
