package dev.facet.bench.parquet;

import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
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

/** How pictures lie in a Parquet file. */
enum Layout {
  /** Our own shards: plain pictures, packed texts. */
  SHARD(CompressionCodecName.UNCOMPRESSED),
  /** As the Hugging Face libraries write them: a structure of bytes and a path. */
  STRUCT(CompressionCodecName.UNCOMPRESSED),
  STRUCT_ZSTD(CompressionCodecName.ZSTD),
  STRUCT_SNAPPY(CompressionCodecName.SNAPPY);

  private static final MessageType STRUCTURE =
      MessageTypeParser.parseMessageType(
          """
          message schema {
            optional binary id (STRING);
            optional group image { optional binary bytes; optional binary path (STRING); }
            optional group captions (LIST) {
              repeated group list { optional binary element (STRING); }
            }
          }
          """);

  private final CompressionCodecName codec;

  Layout(CompressionCodecName codec) {
    this.codec = codec;
  }

  /** A picture with captions. */
  record Photo(String id, byte[] image, List<String> captions) {}

  /**
   * How a file is divided.
   *
   * @param rowsPerGroup rows of a row group
   * @param pageBytes where a page ends; our own shards decide that for themselves
   * @param checksums whether pages have them; our own shards always do
   */
  record Shape(int rowsPerGroup, int pageBytes, WriterVersion version, boolean checksums) {
    /** Some hundred rows to a group, as pictures are usually stored. */
    static final Shape USUAL = new Shape(256, 1 << 20, WriterVersion.PARQUET_1_0, true);
  }

  /** Writes one file into a folder that is not there yet, and returns it. */
  Path write(Path folder, Iterable<Photo> photos, Shape shape) throws IOException {
    if (this == SHARD) {
      return writeShard(folder, photos, shape);
    }
    Path file = folder.resolveSibling(folder.getFileName() + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(STRUCTURE)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .withCompressionCodec(codec)
            .withDictionaryEncoding("image.bytes", false)
            .withStatisticsEnabled("image.bytes", false)
            .withWriterVersion(shape.version)
            .withPageWriteChecksumEnabled(shape.checksums)
            .withPageSize(shape.pageBytes)
            .withMinRowCountForPageSizeCheck(1)
            .withRowGroupRowCountLimit(shape.rowsPerGroup)
            .build()) {
      for (Photo photo : photos) {
        Group row = new SimpleGroup(STRUCTURE);
        row.add("id", photo.id);
        Group image = row.addGroup("image");
        image.add("bytes", Binary.fromConstantByteArray(photo.image));
        image.add("path", photo.id + ".jpg");
        Group list = row.addGroup("captions");
        for (String caption : photo.captions) {
          list.addGroup("list").add("element", caption);
        }
        writer.write(row);
      }
    }
    return file;
  }

  private static Path writeShard(Path folder, Iterable<Photo> photos, Shape shape)
      throws IOException {
    ShardWriter.Settings settings =
        new ShardWriter.Settings(shape.rowsPerGroup, 1 << 20, "benchmark", Map.of());
    try (ShardWriter writer = new ShardWriter(folder, settings)) {
      for (Photo photo : photos) {
        writer.write(
            new ShardRow(
                photo.id,
                photo.image,
                photo.captions,
                null,
                1,
                1,
                Map.of("drawn", "no"),
                photo.id,
                null,
                "train"));
      }
      writer.commit();
    }
    return folder.resolve("train-00000.parquet");
  }
}
