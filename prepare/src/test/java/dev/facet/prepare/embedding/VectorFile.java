package dev.facet.prepare.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A file of vectors as another program writes it. */
public final class VectorFile {
  /** A row. */
  public record Vector(String id, float... numbers) {}

  private VectorFile() {}

  public static void write(Path path, List<Vector> rows) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message vectors {
              required binary id (STRING);
              required group e (LIST) { repeated group list { required float element; } }
            }
            """);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new AsTheyAre())
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (Vector row : rows) {
        Group group = new SimpleGroup(schema).append("id", row.id());
        Group list = group.addGroup("e");
        for (float number : row.numbers()) {
          list.addGroup("list").append("element", number);
        }
        writer.write(group);
      }
    }
  }

  /** Packs nothing. */
  private static final class AsTheyAre
      implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return this;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("nothing is read");
    }

    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.UNCOMPRESSED;
    }

    @Override
    public void release() {}
  }
}
