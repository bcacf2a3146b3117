package dev.facet.loader.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** The shards of one split, one after the other. */
final class SplitWriter implements AutoCloseable {
  private final Path folder;
  private final String split;
  private final ShardWriter.Settings settings;
  private final List<Manifest.ShardInfo> files = new ArrayList<>();

  private @Nullable ParquetWriter<ShardRow> shard;
  private long rows;

  SplitWriter(Path folder, String split, ShardWriter.Settings settings) {
    this.folder = folder;
    this.split = split;
    this.settings = settings;
  }

  void write(ShardRow row) throws IOException {
    ParquetWriter<ShardRow> open = shard;
    if (open == null) {
      open = new Builder(new LocalOutputFile(folder.resolve(fileName()))).with(settings).build();
      shard = open;
    }
    open.write(row);
    if (++rows == settings.rowsPerShard()) {
      close();
    }
  }

  /** The finished files; complete after {@link #close}. */
  List<Manifest.ShardInfo> files() {
    return files;
  }

  private String fileName() {
    return String.format(Locale.ROOT, "%s-%05d.parquet", split, files.size());
  }

  /** Finishes the current file. */
  @Override
  public void close() throws IOException {
    ParquetWriter<ShardRow> open = shard;
    if (open == null) {
      return;
    }
    shard = null;
    open.close();
    String name = fileName();
    List<Integer> groups =
        open.getFooter().getBlocks().stream()
            .map(group -> Math.toIntExact(group.getRowCount()))
            .toList();
    long bytes = Files.size(folder.resolve(name));
    files.add(new Manifest.ShardInfo(name, split, rows, bytes, groups));
    rows = 0;
  }

  private static final class Builder extends ParquetWriter.Builder<ShardRow, Builder> {
    /** A group ends here even if it has too few rows: it is held in memory until then. */
    private static final long MOST_BYTES_PER_GROUP = 256L << 20;

    Builder(OutputFile file) {
      super(file);
    }

    /**
     * Pictures are stored as they are: they do not compress, a dictionary or minimum and maximum of
     * them would only fill the heap, and a reader can use the bytes of the file where they lie.
     * Texts that hardly repeat are written plainly too: a dictionary would be a detour.
     */
    Builder with(ShardWriter.Settings settings) {
      return withConf(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .withCompressionCodec(CompressionCodecName.ZSTD)
          .withCompressionCodec(ShardSchema.IMAGE, CompressionCodecName.UNCOMPRESSED)
          .withDictionaryEncoding(ShardSchema.IMAGE, false)
          .withDictionaryEncoding(ShardSchema.ID, false)
          .withDictionaryEncoding(ShardSchema.CAPTIONS + ".list.element", false)
          .withDictionaryEncoding(ShardSchema.BOX + ".list.element", false)
          .withDictionaryEncoding(ShardSchema.SHA256, false)
          .withStatisticsEnabled(ShardSchema.IMAGE, false)
          .withSizeStatisticsEnabled(ShardSchema.IMAGE, false)
          .withRowGroupRowCountLimit(settings.rowsPerGroup())
          .withRowGroupSize(MOST_BYTES_PER_GROUP);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
    protected WriteSupport<ShardRow> getWriteSupport(Configuration configuration) {
      return new ShardRowSupport();
    }

    @Override
    protected WriteSupport<ShardRow> getWriteSupport(ParquetConfiguration configuration) {
      return new ShardRowSupport();
    }
  }
}
