package dev.facet.loader.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.ForeignFile;
import dev.facet.loader.vector.Element;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorTableTest implements VectorSink {
  private static final String ID = "required binary _id (STRING);";

  @TempDir Path folder;
  private final List<String> rows = new ArrayList<>();

  @Override
  public void row(long number, String id, float @Nullable [] vector, int width) {
    rows.add(id + (vector == null ? " none" : " " + Arrays.toString(Arrays.copyOf(vector, width))));
  }

  @Override
  public void unreadable(long first, long count, String why) {
    rows.add(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "double"})
  void listsOfNumbersAreVectors(String type) throws Exception {
    Path file =
        file(
            "required int64 number;"
                + "optional group e (LIST) { repeated group list { optional %s element; } }"
                    .formatted(type),
            row -> {
              row.append("number", 42L);
              Group list = row.addGroup("e");
              for (int i = 0; i < 3; i++) {
                Group element = list.addGroup("list");
                if (type.equals("float")) {
                  element.append("element", i + 0.5f);
                } else {
                  element.append("element", i + 0.5);
                }
              }
            },
            row -> row.append("number", 43L));
    read(file, "", "", Element.AUTO);
    assertThat(rows).containsExactly("42 [0.5, 1.5, 2.5]", "43 none");
  }

  @Test
  void bytesAreVectorsOnceTheirNumbersAreNamed() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, 8).forEach(i -> bytes.putShort(Float.floatToFloat16(i / 2f)));
    Path file =
        file(
            ID + "required fixed_len_byte_array(16) e;",
            row -> row.append("_id", "a").append("e", Binary.fromConstantByteArray(bytes.array())));
    assertThatThrownBy(() -> read(file, "", "", Element.AUTO))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("`e`", "16 bytes", "8 numbers of 2 bytes", "embeddings.element");
    read(file, "", "", Element.FLOAT16);
    assertThat(rows).containsExactly("a [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]");
  }

  @Test
  void aColumnForEachNumberIsAVectorInTheOrderOfTheirNumbers() throws Exception {
    String columns =
        IntStream.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
            .mapToObj(i -> "required float emb_" + i + ";")
            .collect(Collectors.joining());
    Path file =
        file(
            ID + columns + "required float score;",
            row -> {
              row.append("_id", "a").append("score", 99f);
              IntStream.range(0, 11).forEach(i -> row.append("emb_" + i, (float) i));
            });
    read(file, "", "", Element.AUTO);
    assertThat(rows).containsExactly("a [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]");
  }

  @Test
  void whichOfSeveralColumnsIsAskedFor() throws Exception {
    String list = "required group %s (LIST) { repeated group list { required float element; } }";
    Path file =
        file(
            "required binary a (STRING); required binary b (STRING);"
                + list.formatted("x")
                + list.formatted("y"),
            row -> {
              row.append("a", "A").append("b", "B");
              row.addGroup("x").addGroup("list").append("element", 1f);
              row.addGroup("y").addGroup("list").append("element", 2f);
            });
    assertThatThrownBy(() -> read(file, "", "", Element.AUTO))
        .hasMessageContainingAll("embeddings.embedding", "one of x, y");
    assertThatThrownBy(() -> read(file, "", "y", Element.AUTO))
        .hasMessageContainingAll("embeddings.id", "one of a, b");
    assertThatThrownBy(() -> read(file, "c", "y", Element.AUTO))
        .hasMessageContainingAll("no column `c`", "[a, b, x, y]");
    read(file, "b", "y", Element.AUTO);
    assertThat(rows).containsExactly("B [2.0]");
  }

  private void read(Path file, String id, String vector, Element element) throws IOException {
    VectorTable.open(file, id, vector, element).read(this);
  }

  @SafeVarargs
  private Path file(String columns, Consumer<Group>... fillers) throws IOException {
    List<Consumer<Group>> all = new ArrayList<>();
    for (Consumer<Group> each : fillers) {
      all.add(each);
    }
    return new ForeignFile(folder.resolve("v.parquet"), columns).write(all);
  }
}
