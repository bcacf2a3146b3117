package dev.facet.loader.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.loader.shard.ForeignFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParquetTableTest implements ObjectSink {
  private static final String LIST =
      "optional group %s (LIST) { repeated group list { optional %s element%s } }";

  @TempDir Path folder;
  private final List<JsonNode> rows = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  @Override
  public void row(long number, ObjectNode row) {
    assertThat(number).isEqualTo(rows.size() + 3L * lost.size());
    rows.add(row);
  }

  @Override
  public void unreadable(long first, long count, String why) {
    lost.add(first + " " + count + " " + why);
  }

  @Test
  void listsAndStructuresAreRowsOfJson() throws Exception {
    Path file =
        file(
            "optional binary text (STRING); optional int64 whole;"
                + LIST.formatted("texts", "binary", " (STRING);")
                + LIST.formatted(
                    "boxes",
                    "group",
                    " (LIST) { repeated group list { optional double element; } }")
                + LIST.formatted(
                    "turns",
                    "group",
                    " { optional binary from (STRING); optional binary value (STRING); }")
                + "optional group one { optional binary a (STRING); optional int32 b; }",
            row -> {
              row.append("text", "é").append("whole", 1L << 60);
              Group texts = row.addGroup("texts");
              texts.addGroup("list").append("element", "a");
              texts.addGroup("list");
              Group boxes = row.addGroup("boxes");
              Group first = boxes.addGroup("list").addGroup("element");
              first.addGroup("list").append("element", 1.5);
              first.addGroup("list").append("element", 2.0);
              boxes.addGroup("list").addGroup("element").addGroup("list").append("element", 3.0);
              Group turns = row.addGroup("turns");
              turns.addGroup("list").addGroup("element").append("from", "human");
              turns
                  .addGroup("list")
                  .addGroup("element")
                  .append("from", "gpt")
                  .append("value", "a face");
              row.addGroup("one").append("a", "x").append("b", 7);
            },
            row -> row.addGroup("texts"));
    ParquetTable table = ParquetTable.open(file);
    assertThat(table.rows()).isEqualTo(2);
    table.read(List.of("text", "whole", "texts", "boxes", "turns", "one", "one.b"), this);
    JsonNode expected =
        Json.LINE.readTree(
            """
            {"text": "é", "whole": 1152921504606846976, "texts": ["a", null],
             "boxes": [[1.5, 2.0], [3.0]],
             "turns": [{"from": "human", "value": null}, {"from": "gpt", "value": "a face"}],
             "one": {"a": "x", "b": 7}, "one.b": 7}
            """);
    assertThat(rows.getFirst()).hasToString(expected.toString());
    assertThat(rows.get(1)).allSatisfy(cell -> assertThat(cell.isNull()).isTrue());
  }

  @Test
  void aDamagedRowGroupCostsItsRowsAndNoOthers() throws Exception {
    List<Consumer<Group>> nine = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String text = "text of row " + i;
      nine.add(row -> row.append("text", text));
    }
    Path file =
        new ForeignFile(folder.resolve("t.parquet"), "required binary text (STRING);")
            .with(builder -> builder.withRowGroupRowCountLimit(3).withDictionaryEncoding(false))
            .write(nine);
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("text of row 4");
    bytes[at - 1] = 0x7f; // the length before it
    Files.write(file, bytes);
    ParquetTable.open(file).read(List.of("text"), this);
    assertThat(rows).hasSize(6);
    assertThat(rows.get(3).path("text").asText()).isEqualTo("text of row 6");
    assertThat(lost).singleElement().asString().startsWith("3 3 row group 1 of " + file);
  }

  @ParameterizedTest
  @CsvSource({
    "'', only 0 bytes",
    "'<!DOCTYPE html><html>', a page of HTML",
    "'version https://git-lfs.github.com/spec/v1', git lfs pull",
    "PAR1PAR1, only 8 bytes",
    "PAR1 and no end, cut short"
  })
  void whatIsNoTableIsRefusedWithItsNameAndTheCure(String content, String told) throws Exception {
    Path file = Files.writeString(folder.resolve("t.parquet"), content);
    assertThatThrownBy(() -> ParquetTable.open(file))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(file.toString(), told);
  }

  @SafeVarargs
  private Path file(String columns, Consumer<Group>... fillers) throws IOException {
    List<Consumer<Group>> all = new ArrayList<>();
    for (Consumer<Group> each : fillers) {
      all.add(each);
    }
    return new ForeignFile(folder.resolve("t.parquet"), columns).write(all);
  }
}
