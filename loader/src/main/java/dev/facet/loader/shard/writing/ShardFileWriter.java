package dev.facet.loader.shard.writing;

import dev.facet.loader.shard.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes one shard, row by row in the order in which they come. For one thread. */
public final class ShardFileWriter implements AutoCloseable {
  /** A group ends here even if it has too few rows: it is held in memory until then. */
  static final long MOST_BYTES_PER_GROUP = 256L << 20;

  private final Path file;
  private final ParquetWriter<ShardRow> rows;
  private long count;
  private boolean closed;

  /**
   * @param file that must not exist; its name is no matter
   * @param named captions that are kept in columns of their own as well
   * @param rowsPerGroup rows read in one go; a few hundred
   */
  public ShardFileWriter(Path file, List<String> named, int rowsPerGroup) throws IOException {
    this.file = file;
    this.rows = packed(file, List.copyOf(named), rowsPerGroup);
  }

  /**
   * Pictures are stored as they are: they do not compress, a dictionary or minimum and maximum of
   * them would only fill the heap, and a reader can use the bytes of the file where they lie. Texts
   * that hardly repeat are written plainly too: a dictionary would be a detour.
   */
  private static ParquetWriter<ShardRow> packed(Path file, List<String> named, int rowsPerGroup)
      throws IOException {
    RowFile<ShardRow> rows = new RowFile<>(file, new ShardRowSupport(named));
    for (String name : named) {
      rows.withDictionaryEncoding(name + ".list.element", false);
    }
    return rows.withCompressionCodec(CompressionCodecName.ZSTD)
        .withCompressionCodec(ShardSchema.IMAGE, CompressionCodecName.UNCOMPRESSED)
        .withDictionaryEncoding(ShardSchema.IMAGE, false)
        .withDictionaryEncoding(ShardSchema.ID, false)
        .withDictionaryEncoding(ShardSchema.CAPTIONS + ".list.element", false)
        .withDictionaryEncoding(ShardSchema.BOX + ".list.element", false)
        .withDictionaryEncoding(ShardSchema.SHA256, false)
        .withStatisticsEnabled(ShardSchema.IMAGE, false)
        .withSizeStatisticsEnabled(ShardSchema.IMAGE, false)
        .withRowGroupRowCountLimit(rowsPerGroup)
        .withRowGroupSize(MOST_BYTES_PER_GROUP)
        .build();
  }

  /**
   * Checks names for captions that are kept in columns of their own, as the constructor does.
   *
   * @throws dev.facet.base.FacetException if one cannot be a column, or is one already
   */
  public static void requireNames(List<String> named) {
    ShardSchema.of(named);
  }

  public void write(ShardRow row) throws IOException {
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
