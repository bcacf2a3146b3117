package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.Chunk;
import dev.facet.loader.RowCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files as other programs write them: optional columns, other names of levels, other codecs. */
class ForeignParquetTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message schema {
            optional group image { optional binary bytes; optional binary path (STRING); }
            optional group captions (LIST) {
              repeated group list { optional binary item (STRING); }
            }
            optional group box (LIST) { repeated group list { optional float item; } }
            optional double embedding;
          }
          """);

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void aStructOfBytesAndAListOfItemsIsUnderstood(CompressionCodecName codec) throws Exception {
    Path file = dir.resolve("test-00000-of-00001.parquet");
    write(file, codec, row("picture", "a smile", new float[] {1, 2, 30, 40}));
    try (ShardDataset dataset = ShardDataset.open(file, "test");
        Chunk chunk = dataset.open(0)) {
      assertThat(RowCopy.bytes(chunk.row(0))).asString().isEqualTo("picture");
      assertThat(chunk.row(0).captions()).containsExactly("a smile");
      assertThat(chunk.row(0).faceBox()).isEqualTo(new Box(1, 2, 30, 40));
      assertThat(chunk.row(0).id()).isEqualTo("test-00000-of-00001.parquet#0");
    }
  }

  @Test
  void aRowThatCannotBeUsedSaysWhyAndSparesTheOthers() throws Exception {
    Path file = dir.resolve("some.parquet");
    write(
        file,
        CompressionCodecName.SNAPPY,
        row(null, "no picture", null),
        row("picture", " ", null),
        row("picture", null, null),
        row("", "an empty picture", null),
        row("picture", "three edges", new float[] {1, 2, 3}),
        row("picture", "fine", null));
    try (ShardDataset dataset = ShardDataset.open(file, "train");
        Chunk chunk = dataset.open(0)) {
      List<Reason> expected =
          List.of(
              Reason.MISSING, Reason.NO_CAPTION, Reason.NO_CAPTION, Reason.CORRUPT, Reason.BAD_BOX);
      for (int i = 0; i < expected.size(); i++) {
        int row = i;
        assertThatThrownBy(() -> chunk.row(row))
            .isInstanceOf(BadSampleException.class)
            .extracting(e -> ((BadSampleException) e).reason())
            .isEqualTo(expected.get(i));
      }
      assertThat(chunk.row(5).captions()).containsExactly("fine");
    }
  }

  @Test
  void aFileWithoutPicturesIsRefusedWithItsColumns() throws Exception {
    MessageType urls =
        MessageTypeParser.parseMessageType(
            "message schema { required binary url (STRING); required binary caption (STRING); }");
    Path file = dir.resolve("urls.parquet");
    Group row = new SimpleGroup(urls);
    row.add("url", "somewhere");
    row.add("caption", "a face");
    write(file, urls, CompressionCodecName.SNAPPY, row);
    assertThatThrownBy(() -> ShardDataset.open(file, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no column `image`", "[url, caption]", "a column of that name");
  }

  @Test
  void labelsAndIdsOfEveryTypeAreRead() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message schema {
              required double id;
              required binary image;
              required binary caption (STRING);
              required boolean source;
              required group labels (MAP) {
                repeated group key_value { required binary key (STRING); required float value; }
              }
            }
            """);
    Path file = dir.resolve("types.parquet");
    Group row = new SimpleGroup(schema);
    row.add("id", 1.5);
    row.add("image", Binary.fromString("picture"));
    row.add("caption", "a face");
    row.add("source", true);
    Group label = row.addGroup("labels").addGroup("key_value");
    label.add("key", "age");
    label.add("value", 0.5f);
    write(file, schema, CompressionCodecName.SNAPPY, row);
    try (ShardDataset dataset = ShardDataset.open(file, "train");
        Chunk chunk = dataset.open(0)) {
      assertThat(chunk.row(0).id()).isEqualTo("1.5");
      assertThat(chunk.row(0).source()).isEqualTo("true");
      assertThat(chunk.row(0).labels()).containsExactly(Map.entry("age", "0.5"));
    }
  }

  @Test
  void aBoxOfTextIsRefusedWhenTheFileIsOpened() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message schema { required binary image; required binary caption (STRING);"
                + " required binary box (STRING); }");
    Path file = dir.resolve("box.parquet");
    Group row = new SimpleGroup(schema);
    row.add("image", Binary.fromString("picture"));
    row.add("caption", "a face");
    row.add("box", "1,2,3,4");
    write(file, schema, CompressionCodecName.SNAPPY, row);
    assertThatThrownBy(() -> ShardDataset.open(file, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no column `box of numbers`");
  }

  @Test
  void aCodecThatIsNotReadIsNamedWithoutAdviceToDeleteTheFile() throws Exception {
    Path file = dir.resolve("codec.parquet");
    BytesInputCompressor unread =
        new BytesInputCompressor() {
          @Override
          public BytesInput compress(BytesInput bytes) {
            return bytes;
          }

          @Override
          public CompressionCodecName getCodecName() {
            return CompressionCodecName.LZ4_RAW;
          }

          @Override
          public void release() {}
        };
    write(file, SCHEMA, unread, row("picture", "a smile", null));
    try (ShardDataset dataset = ShardDataset.open(file, "train")) {
      assertThatThrownBy(() -> dataset.open(0))
          .hasMessageContainingAll("codec.parquet", "LZ4_RAW is not supported", "zstd or snappy")
          .hasMessageNotContaining("delete");
    }
  }

  /** Compresses in one way, whatever is asked for. */
  private record Always(BytesInputCompressor compressor) implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release() {}
  }

  private static Group row(
      @Nullable String image, @Nullable String caption, float @Nullable [] box) {
    Group row = new SimpleGroup(SCHEMA);
    if (image != null) {
      row.addGroup("image").add("bytes", Binary.fromString(image));
    }
    if (caption != null) {
      row.addGroup("captions").addGroup("list").add("item", caption);
    }
    if (box != null) {
      Group edges = row.addGroup("box");
      for (float edge : box) {
        edges.addGroup("list").add("item", edge);
      }
    }
    row.add("embedding", 0.5);
    return row;
  }

  private static void write(Path file, CompressionCodecName codec, Group... rows)
      throws IOException {
    write(file, SCHEMA, codec, rows);
  }

  private static void write(
      Path file, MessageType schema, CompressionCodecName codec, Group... rows) throws IOException {
    write(file, schema, new Codecs().getCompressor(codec), rows);
  }

  private static void write(
      Path file, MessageType schema, BytesInputCompressor compressor, Group... rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Always(compressor))
            .withCompressionCodec(compressor.getCodecName())
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
  }
}
