package dev.facet.loader.shard;

import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files as other programs write them, and how to look into them. */
public final class ForeignFile {
  private final Path path;
  private final MessageType schema;
  private BytesInputCompressor compressor =
      new Codecs().getCompressor(CompressionCodecName.UNCOMPRESSED);
  private UnaryOperator<ExampleParquetWriter.Builder> options = builder -> builder;

  /**
   * @param columns what stands in a schema between the braces
   */
  public ForeignFile(Path path, String columns) {
    this.path = path;
    this.schema = MessageTypeParser.parseMessageType("message schema { " + columns + " }");
  }

  ForeignFile packedBy(BytesInputCompressor codec) {
    compressor = codec;
    return this;
  }

  ForeignFile packedBy(CompressionCodecName codec) {
    return packedBy(new Codecs().getCompressor(codec));
  }

  public ForeignFile with(UnaryOperator<ExampleParquetWriter.Builder> moreOptions) {
    options = moreOptions;
    return this;
  }

  /** Writes one row by each filler. */
  @SafeVarargs
  public final Path write(Consumer<Group>... rows) throws IOException {
    List<Consumer<Group>> all = new ArrayList<>();
    for (Consumer<Group> row : rows) {
      all.add(row);
    }
    return write(all);
  }

  public Path write(List<Consumer<Group>> rows) throws IOException {
    Files.deleteIfExists(path);
    try (ParquetWriter<Group> writer =
        options
            .apply(
                ExampleParquetWriter.builder(new LocalOutputFile(path))
                    .withType(schema)
                    .withConf(new PlainParquetConfiguration())
                    .withCodecFactory(new Always(compressor))
                    .withCompressionCodec(compressor.getCodecName()))
            .build()) {
      for (Consumer<Group> filler : rows) {
        Group row = new SimpleGroup(schema);
        filler.accept(row);
        writer.write(row);
      }
    }
    return path;
  }

  /** A picture column, to be filled by {@link #picture}. */
  static final String PICTURE = "required binary image;";

  static void picture(Group row) {
    row.add("image", Binary.fromString("picture"));
  }

  /** A source with these caption columns, all of weight 0, and otherwise the usual names. */
  static DataSource source(Path path, String... captions) {
    return source(path, List.of(captions).stream().map(name -> new CaptionField(name, 0)).toList());
  }

  static DataSource source(Path path, List<CaptionField> captions) {
    return new DataSource(
        path,
        Format.PARQUET,
        null,
        new Fields(
            List.of("image"),
            captions,
            List.of("id"),
            List.of("box"),
            List.of("split"),
            List.of("source")),
        0,
        1);
  }

  /** The only row of a file, checked or not. */
  static Row row(DataSource source) throws Exception {
    try (Dataset dataset = ShardDataset.open(source, "train");
        Chunk chunk = dataset.open(0)) {
      return chunk.row(0);
    }
  }

  static List<String> captions(DataSource source) throws Exception {
    return row(source).captions();
  }

  /** Compresses in one way, whatever is asked for. */
  private record Always(BytesInputCompressor compressor) implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException(codec.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void release() {}
  }
}
