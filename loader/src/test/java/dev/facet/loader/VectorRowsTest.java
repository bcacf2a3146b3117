package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.Preset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.shard.ForeignFile;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.loader.table.EmbeddingRow;
import dev.facet.loader.table.EmbeddingShardWriter;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorRowsTest {
  private static final TextEncoder LENGTHS =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 1;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {
          ids.put(caption.length());
        }
      };

  private static final String COLUMNS =
      "required binary caption (STRING);"
          + "optional group e (LIST) { repeated group list { optional float element; } }";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchesHoldTheVectorsOfTheFileOrTheseOfLengthOne(boolean normalise) throws Exception {
    shard("train-00000.parquet", 20);
    try (Dataset data = open(folder);
        Loader loader = start(data, new VectorSettings(3, normalise));
        Batch batch = Objects.requireNonNull(loader.next())) {
      assertThat(data.vectorWidth()).isEqualTo(3);
      assertThat(batch.size()).isEqualTo(20);
      float[] numbers = new float[60];
      batch.images().asFloatBuffer().get(numbers);
      for (int i = 0; i < 20; i++) {
        float length = normalise ? (float) Math.sqrt(i * i + 20) : 1;
        assertThat(numbers[3 * i]).isEqualTo(i / length, within(1e-6f));
        assertThat(numbers[3 * i + 1]).isEqualTo(-4 / length, within(1e-6f));
        assertThat(batch.id(i)).isEqualTo("row " + i);
        assertThat(batch.captions(i)).containsExactly("a".repeat(1 + i % 5));
      }
      assertThat(batch.tokens().asLongBuffer().get(7)).isEqualTo(3);
      assertThat(batch.pictureId(3)).isNotEqualTo(batch.pictureId(4));
    }
  }

  @Test
  void vectorsThatCannotBeUsedAreCountedAndCostTheirRowsAlone() throws Exception {
    Path file = folder.resolve("mixed.parquet");
    write(
        file,
        List.of(
            new float[] {1, 2},
            new float[] {1, 2, 3},
            new float[] {Float.NaN, 0},
            new float[] {Float.POSITIVE_INFINITY, 1},
            new float[] {0, 0},
            new float[] {},
            new float[] {3, 4}));
    try (Dataset data = open(file);
        Loader loader = start(data, new VectorSettings(data.vectorWidth(), true));
        Batch batch = Objects.requireNonNull(loader.next())) {
      assertThat(batch.size()).isEqualTo(2);
      assertThat(batch.images().asFloatBuffer().get(2)).isEqualTo(0.6f, within(1e-6f));
      LoaderStats stats = loader.stats();
      assertThat(stats.bad()).isEqualTo(Map.of(Reason.BAD_VECTOR, 5L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersAreTheSameHoweverTheyAreWritten(Writing writing) throws Exception {
    Path file = folder.resolve("written.parquet");
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row(vector(i)));
    }
    rows.set(
        7,
        row -> {
          row(new float[] {1, 2, 3, 4}).accept(row);
          row.getGroup("e", 0).addGroup("list"); // a number that is missing
        });
    new ForeignFile(file, COLUMNS).with(writing.options).write(rows);
    try (Dataset data = open(file);
        Loader loader = start(data, new VectorSettings(5, false));
        Batch batch = Objects.requireNonNull(loader.next())) {
      assertThat(batch.size()).isEqualTo(19);
      assertThat(loader.stats().bad()).isEqualTo(Map.of(Reason.BAD_VECTOR, 1L));
      float[] numbers = new float[19 * 5];
      batch.images().asFloatBuffer().get(numbers);
      for (int i = 0; i < 19; i++) {
        assertThat(Arrays.copyOfRange(numbers, 5 * i, 5 * i + 5))
            .isEqualTo(vector(i < 7 ? i : i + 1));
      }
    }
  }

  /** Few different numbers, so that a dictionary serves, and they lie side by side by chance. */
  private static float[] vector(int i) {
    return new float[] {i % 3, i % 3 + 1, i % 3 + 2, 7 + i % 2, 3};
  }

  enum Writing {
    PLAIN(builder -> builder.withDictionaryEncoding(false)),
    DICTIONARY(builder -> builder.withDictionaryEncoding(true)),
    MANY_PAGES(builder -> builder.withDictionaryEncoding(false).withPageRowCountLimit(3)),
    VERSION_2(
        builder ->
            builder
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
                .withDictionaryEncoding(false)),
    SPLIT_STREAMS(
        builder -> builder.withDictionaryEncoding(false).withByteStreamSplitEncoding(true));

    private final UnaryOperator<ExampleParquetWriter.Builder> options;

    Writing(UnaryOperator<ExampleParquetWriter.Builder> options) {
      this.options = options;
    }
  }

  @Test
  void dataOfWhichNoVectorCanBeUsedIsRefusedWithItsRows() throws Exception {
    shard("train-00000.parquet", 3);
    try (Dataset data = open(folder)) {
      assertThatThrownBy(() -> UsableRows.require(data, new VectorSettings(4, true)))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll("none of the 3 rows", "bad_vector 3", "3 numbers", "all have 4");
    }
  }

  @Test
  void vectorsWherePicturesAreWantedNameTheSetting() throws Exception {
    shard("train-00000.parquet", 3);
    assertThatThrownBy(() -> Datasets.open(folder, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("vectors in place of pictures", "data.pictures");
  }

  private Dataset open(Path root) {
    Preset names = Preset.FACET;
    return Datasets.open(
        new DataSource(root, Format.PARQUET, null, names.fields(), 0, 1, Holdout.NONE, ""),
        "train");
  }

  private static Loader start(Dataset data, VectorSettings vectors) {
    return Loader.start(
        data,
        LoaderSettings.inOrder(20, 1, new ReadSettings(2, 2, 4, 1L << 30, 1, 0.9)),
        vectors,
        LENGTHS,
        Quarantine.none(),
        Position.START);
  }

  private void shard(String name, int rows) throws IOException {
    try (EmbeddingShardWriter writer =
        new EmbeddingShardWriter(folder.resolve(name), 3, false, List.of(), 8)) {
      for (int i = 0; i < rows; i++) {
        writer.write(
            new EmbeddingRow(
                "row " + i,
                new float[] {i, -4, 2},
                List.of("a".repeat(1 + i % 5)),
                new LinkedHashMap<>(),
                "",
                "train"));
      }
    }
  }

  private static void write(Path file, List<float[]> vectors) throws IOException {
    new ForeignFile(file, COLUMNS).write(vectors.stream().map(VectorRowsTest::row).toList());
  }

  private static Consumer<Group> row(float[] vector) {
    return row -> {
      row.append("caption", "a face");
      Group list = row.addGroup("e");
      for (float number : vector) {
        list.addGroup("list").append("element", number);
      }
    };
  }
}
