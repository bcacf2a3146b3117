package dev.facet.loader.shard.writing;

import dev.facet.loader.shard.Codecs;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.LocalOutputFile;

/**
 * A Parquet file to be written on the local disk without a Hadoop installation; how its columns are
 * packed is up to the kind of rows.
 */
public final class RowFile<T> extends ParquetWriter.Builder<T, RowFile<T>> {
  private final WriteSupport<T> support;

  /**
   * @param file that must not exist
   * @param support of this file alone
   */
  public RowFile(Path file, WriteSupport<T> support) {
    super(new LocalOutputFile(file));
    this.support = support;
    withConf(new PlainParquetConfiguration()).withCodecFactory(new Codecs());
  }

  /** The rows of each row group of a file that is closed. */
  public static List<Integer> groups(ParquetWriter<?> closed) {
    return closed.getFooter().getBlocks().stream()
        .map(group -> Math.toIntExact(group.getRowCount()))
        .toList();
  }

  @Override
  protected RowFile<T> self() {
    return this;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
  protected WriteSupport<T> getWriteSupport(Configuration configuration) {
    return support;
  }

  @Override
  protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
    return support;
  }
}
