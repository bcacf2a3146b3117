package dev.facet.loader.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.vector.Element;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddingShardTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aShardOfVectorsGivesBackWhatItWasGiven(boolean half) throws Exception {
    Path file = folder.resolve("train-00000.parquet");
    SequencedMap<String, List<String>> named = new LinkedHashMap<>();
    named.put("alt", List.of("b", "c"));
    try (EmbeddingShardWriter writer = new EmbeddingShardWriter(file, 3, half, List.of("alt"), 2)) {
      for (int i = 0; i < 3; i++) {
        float[] vector = {i, -0.5f, 65504};
        writer.write(row(i, vector, i == 0 ? named : new LinkedHashMap<>()));
      }
      Manifest.ShardInfo info = writer.finish("train-00000.parquet", "train");
      assertThat(info.groups()).containsExactly(2, 1);
      assertThat(info.rows()).isEqualTo(3);
    }
    List<String> rows = new ArrayList<>();
    VectorTable.open(file, "id", "", Element.AUTO)
        .read(
            new VectorSink() {
              @Override
              public void row(long number, String id, float @Nullable [] vector, int width) {
                assertThat(vector).isNotNull().startsWith((float) number, -0.5f, 65504);
                rows.add(id + width);
              }

              @Override
              public void unreadable(long first, long count, String why) {
                throw new AssertionError(why);
              }
            });
    assertThat(rows).containsExactly("03", "13", "23");
    ParquetTable.open(file)
        .read(
            List.of("captions", "alt", "source", "split"),
            new ObjectSink() {
              @Override
              public void row(long number, ObjectNode row) {
                assertThat(row)
                    .hasToString(
                        "{\"captions\":[\"a\"],\"alt\":%s,\"source\":\"u\",\"split\":\"train\"}"
                            .formatted(number == 0 ? "[\"b\",\"c\"]" : "null"));
              }

              @Override
              public void unreadable(long first, long count, String why) {
                throw new AssertionError(why);
              }
            });
  }

  @Test
  void aVectorOfAnotherWidthIsNotWritten() throws IOException {
    try (EmbeddingShardWriter writer =
        new EmbeddingShardWriter(folder.resolve("x.parquet"), 3, false, List.of(), 10)) {
      EmbeddingRow row = row(7, new float[2], new LinkedHashMap<>());
      assertThatThrownBy(() -> writer.write(row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("row 7", "2 numbers", "all have 3");
    }
  }

  private static EmbeddingRow row(
      int id, float[] vector, SequencedMap<String, List<String>> named) {
    return new EmbeddingRow(Integer.toString(id), vector, List.of("a"), named, "u", "train");
  }
}
