package dev.facet.loader.table;

import dev.facet.loader.shard.Codecs;
import dev.facet.loader.shard.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

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
    this.rows =
        new Builder(
                new LocalOutputFile(file), new EmbeddingRowSupport(width, half, List.copyOf(named)))
            .with(rowsPerGroup)
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
    List<Integer> groups =
        rows.getFooter().getBlocks().stream()
            .map(group -> Math.toIntExact(group.getRowCount()))
            .toList();
    return new Manifest.ShardInfo(name, split, count, Files.size(file), groups);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }

  private static final class Builder extends ParquetWriter.Builder<EmbeddingRow, Builder> {
    private final EmbeddingRowSupport support;

    Builder(OutputFile file, EmbeddingRowSupport support) {
      super(file);
      this.support = support;
    }

    /** Numbers of vectors neither repeat nor compress. */
    Builder with(int rowsPerGroup) {
      String numbers = EmbeddingRowSupport.EMBEDDING + ".list.element";
      return withConf(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .withCompressionCodec(CompressionCodecName.ZSTD)
          .withCompressionCodec(numbers, CompressionCodecName.UNCOMPRESSED)
          .withDictionaryEncoding(false)
          .withStatisticsEnabled(numbers, false)
          .withRowGroupRowCountLimit(rowsPerGroup);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
    protected WriteSupport<EmbeddingRow> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<EmbeddingRow> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
