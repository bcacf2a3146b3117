package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Box;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.RowCopy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as other programs write them: optional columns, other codecs, encodings and types. */
class ForeignParquetTest {
  private static final String HUGGING_FACE =
      """
      optional group image { optional binary bytes; optional binary path (STRING); }
      optional group captions (LIST) { repeated group list { optional binary item (STRING); } }
      optional group box (LIST) { repeated group list { optional float item; } }
      optional double embedding;
      """;

  @TempDir Path dir;

  static Stream<BytesInputCompressor> codecs() {
    Codecs codecs = new Codecs();
    return Stream.of(
        codecs.getCompressor(CompressionCodecName.UNCOMPRESSED),
        codecs.getCompressor(CompressionCodecName.SNAPPY),
        codecs.getCompressor(CompressionCodecName.GZIP),
        codecs.getCompressor(CompressionCodecName.ZSTD),
        PackedBy.lz4Raw(),
        PackedBy.lz4Hadoop(),
        PackedBy.lz4Unframed(),
        PackedBy.brotli());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyCodecAndPageVersionGivesTheSameRows(BytesInputCompressor codec) throws Exception {
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {true, false}) {
        Path file =
            new ForeignFile(dir.resolve("test-00000-of-00001.parquet"), HUGGING_FACE)
                .packedBy(codec)
                // So small that a column has many pages.
                .with(
                    builder ->
                        builder
                            .withWriterVersion(version)
                            .withDictionaryEncoding(dictionary)
                            .withPageSize(500)
                            .withMinRowCountForPageSizeCheck(1)
                            .withDictionaryPageSize(800))
                .write(manyRows());
        try (ShardDataset dataset = ShardDataset.open(file, "test");
            Chunk chunk = dataset.open(0)) {
          assertThat(dataset.size()).isEqualTo(200);
          for (int i = 0; i < 200; i++) {
            Row row = chunk.row(i);
            assertThat(RowCopy.bytes(row)).asString().isEqualTo("picture " + i + "!".repeat(i));
            assertThat(row.captions()).isEqualTo(captionsOf(i));
            assertThat(row.faceBox())
                .isEqualTo(i % 3 == 0 ? null : new Box(i, 2, i + 30, 40 + i % 5));
            assertThat(row.id()).isEqualTo("test-00000-of-00001.parquet#" + i);
          }
          assertThat(dataset.captions(0)).hasSize(200).element(4).isEqualTo(captionsOf(4));
        }
      }
    }
  }

  private static List<String> captionsOf(int i) {
    return i % 4 == 0 ? List.of("a face", "ein Gesicht, groß, " + i) : List.of("a face");
  }

  private static List<Consumer<Group>> manyRows() {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      float[] box = i % 3 == 0 ? null : new float[] {i, 2, i + 30, 40 + i % 5};
      rows.add(
          row(
              "picture " + number + "!".repeat(number),
              captionsOf(number).toArray(String[]::new),
              box));
    }
    return rows;
  }

  @Test
  void aRowThatCannotBeUsedSaysWhyAndSparesTheOthers() throws Exception {
    Path file =
        new ForeignFile(dir.resolve("some.parquet"), HUGGING_FACE)
            .packedBy(CompressionCodecName.SNAPPY)
            .write(
                row(null, new String[] {"no picture"}, null),
                row("picture", new String[] {" "}, null),
                row("picture", new String[] {""}, null),
                row("picture", new String[0], null),
                row("", new String[] {"an empty picture"}, null),
                row("picture", new String[] {"three edges"}, new float[] {1, 2, 3}),
                row("picture", new String[] {"no edge"}, new float[] {1, 2, 3, Float.NaN}),
                row("picture", new String[] {"fine"}, null));
    try (ShardDataset dataset = ShardDataset.open(file, "train");
        Chunk chunk = dataset.open(0)) {
      List<Reason> expected =
          List.of(
              Reason.NO_IMAGE,
              Reason.NO_CAPTION,
              Reason.NO_CAPTION,
              Reason.NO_CAPTION,
              Reason.EMPTY,
              Reason.BAD_BOX,
              Reason.BAD_BOX);
      for (int i = 0; i < expected.size(); i++) {
        Row row = new Row();
        int number = i;
        assertThatThrownBy(() -> chunk.read(number, row))
            .isInstanceOf(BadSampleException.class)
            .hasMessageContaining("some.parquet#" + number)
            .extracting(e -> ((BadSampleException) e).reason())
            .isEqualTo(expected.get(i));
        assertThat(row.id()).isEqualTo("some.parquet#" + number);
      }
      assertThat(chunk.row(7).captions()).containsExactly("fine");
    }
  }

  @Test
  void labelsAndIdsOfEveryTypeAreRead() throws Exception {
    DataSource source =
        ForeignFile.source(
            new ForeignFile(
                    dir.resolve("types.parquet"),
                    """
                    required double id;
                    required binary image;
                    required binary caption (STRING);
                    required boolean source;
                    required group labels (MAP) {
                      repeated group key_value {
                        required binary key (STRING);
                        required float value;
                      }
                    }
                    """)
                .write(
                    row -> {
                      row.add("id", 1.5);
                      ForeignFile.picture(row);
                      row.add("caption", "a face");
                      row.add("source", true);
                      Group label = row.addGroup("labels").addGroup("key_value");
                      label.add("key", "age");
                      label.add("value", 0.5f);
                    }),
            "caption");
    Row row = ForeignFile.row(source);
    assertThat(row.id()).isEqualTo("1.5");
    assertThat(row.source()).isEqualTo("true");
    assertThat(row.labels()).containsExactly(Map.entry("age", "0.5"));
  }

  @Test
  void numbersAsIdsMayBeSplitIntoStreamsOrDifferences() throws Exception {
    for (String type : new String[] {"int32", "int64", "float", "double"}) {
      List<Consumer<Group>> rows = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int id = 1000 * i - 7;
        rows.add(
            row -> {
              switch (type) {
                case "int32" -> row.add("id", id);
                case "int64" -> row.add("id", (long) id << 33);
                case "float" -> row.add("id", (float) id);
                default -> row.add("id", (double) id);
              }
              ForeignFile.picture(row);
              row.add("caption", "a face");
            });
      }
      Path file =
          new ForeignFile(
                  dir.resolve("ids.parquet"),
                  "required %s id; required binary image; required binary caption (STRING);"
                      .formatted(type))
              .with(
                  builder ->
                      builder
                          .withWriterVersion(WriterVersion.PARQUET_2_0)
                          .withDictionaryEncoding(false)
                          .withByteStreamSplitEncoding(true))
              .write(rows);
      try (ShardDataset dataset = ShardDataset.open(ForeignFile.source(file, "caption"), "train");
          Chunk chunk = dataset.open(0)) {
        long id = 1000 * 299 - 7;
        assertThat(chunk.row(299).id())
            .isEqualTo(
                switch (type) {
                  case "int32" -> Long.toString(id);
                  case "int64" -> Long.toString(id << 33);
                  case "float" -> Float.toString((float) id);
                  default -> Double.toString((double) id);
                });
      }
    }
  }

  @Test
  void aCodecThatIsNotReadIsNamedWithoutAdviceToDeleteTheFile() throws Exception {
    Path file =
        new ForeignFile(dir.resolve("codec.parquet"), HUGGING_FACE)
            .packedBy(PackedBy.nothing(CompressionCodecName.LZO))
            .write(row("picture", new String[] {"a smile"}, null));
    try (ShardDataset dataset = ShardDataset.open(file, "train")) {
      assertThatThrownBy(() -> dataset.open(0))
          .hasMessageContainingAll("codec.parquet", "LZO is not supported", "zstd or snappy")
          .hasMessageNotContaining("delete");
    }
  }

  private static Consumer<Group> row(
      @Nullable String image, String[] captions, float @Nullable [] box) {
    return row -> {
      if (image != null) {
        row.addGroup("image").add("bytes", Binary.fromString(image));
      }
      if (captions.length > 0) {
        Group list = row.addGroup("captions");
        for (String caption : captions) {
          list.addGroup("list").add("item", caption);
        }
      }
      if (box != null) {
        Group edges = row.addGroup("box");
        for (float edge : box) {
          edges.addGroup("list").add("item", edge);
        }
      }
      row.add("embedding", 0.5);
    };
  }
}
