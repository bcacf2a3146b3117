package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that face boxes come in. */
class BoxColumnsTest {
  private static final String TEXT = "optional binary box (STRING);";

  @TempDir Path dir;

  @Test
  void listsOfAnyNumbersAreBoxes() throws Exception {
    for (String type : new String[] {"int32", "int64", "float", "double"}) {
      Consumer<Group> filler =
          row -> {
            Group list = row.addGroup("box");
            for (int edge = 1; edge <= 4; edge++) {
              Group entry = list.addGroup("list");
              switch (type) {
                case "int32" -> entry.add("element", edge);
                case "int64" -> entry.add("element", (long) edge);
                case "float" -> entry.add("element", (float) edge);
                default -> entry.add("element", (double) edge);
              }
            }
          };
      assertThat(
              box(
                  "optional group box (LIST) { repeated group list { optional %s element; } }"
                      .formatted(type),
                  filler))
          .containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void structuresAreReadByTheNamesOfTheirFields() throws Exception {
    String mixed =
        "optional group box { required int32 x1; required int32 x2; required int32 y1;"
            + " required int32 y2; required float score; }";
    assertThat(
            box(
                mixed,
                row -> {
                  Group box = row.addGroup("box");
                  box.add("x1", 1);
                  box.add("x2", 3);
                  box.add("y1", 2);
                  box.add("y2", 4);
                  box.add("score", 0.9f);
                }))
        .containsExactly(1, 2, 3, 4);
    assertThat(box(mixed, row -> {})).isNull();
    assertThatThrownBy(
            () ->
                box(
                    "required group box { required int32 x; required int32 y; required int32 w;"
                        + " required int32 h; }",
                    row -> {
                      Group box = row.addGroup("box");
                      for (int field = 0; field < 4; field++) {
                        box.add(field, field);
                      }
                    }))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(
            "column `box` of", "[box.x, box.y, box.w, box.h]", "data.columns.box");
  }

  @Test
  void ofSeveralBoxesTheFirstCounts() throws Exception {
    assertThat(
            box(
                "optional group box (LIST) { repeated group list { optional binary element; } }",
                row -> {
                  Group list = row.addGroup("box");
                  list.addGroup("list");
                  list.addGroup("list").add("element", "[1, 2, 3, 4]");
                  list.addGroup("list").add("element", "[5, 6, 7, 8]");
                }))
        .containsExactly(1, 2, 3, 4);
    assertThat(
            box(
                "optional group box (LIST) { repeated group list { optional group element (LIST) {"
                    + " repeated group list { optional int32 element; } } } }",
                row -> {
                  Group boxes = row.addGroup("box");
                  for (int b = 0; b < 2; b++) {
                    Group box = boxes.addGroup("list").addGroup("element");
                    for (int edge = 1; edge <= 4; edge++) {
                      box.addGroup("list").add("element", 10 * b + edge);
                    }
                  }
                }))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void textsHoldBoxesAsJson() throws Exception {
    assertThat(text("[1, 2, 3, 4]")).containsExactly(1, 2, 3, 4);
    assertThat(text(" [1.5,-2.25 , 3e1,4.0]\n")).containsExactly(1.5, -2.25, 30, 4);
    assertThat(text("[0.1,0.30000000000000004,123456789.123,1E-3]"))
        .containsExactly(0.1, 0.30000000000000004, 123456789.123, 0.001);
    assertThat(text(" ")).isNull();
    assertThat(text("")).isNull();
    assertThat(box(TEXT, row -> {})).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2, 3]",
        "[1, 2, 3, 4, 5]",
        "[1, 2, 3, 4",
        "[1, 2, 3, 4] 5",
        "1, 2, 3, 4",
        "[a, b, c, d]",
        "[\"1\", \"2\", \"3\", \"4\"]",
        "[NaN, 2, 3, 4]",
        "[1, 2, 3, Infinity]",
        "[1, 2, 3, 1e999]",
        "[1, 2, 3, 4-5]",
        "[1..2, 2, 3, 4]",
        "[, , , ]",
        "{\"x1\": 1}",
        "[[1, 2, 3, 4]]",
        "[]",
        "-",
      })
  void whatIsNoBoxIsABadSampleThatShowsWhatItWas(String text) {
    assertThatThrownBy(() -> text(text))
        .isInstanceOf(BadSampleException.class)
        .hasMessageContaining(text)
        .extracting(e -> ((BadSampleException) e).reason())
        .isEqualTo(Reason.BAD_BOX);
  }

  @Test
  void anInvertedBoxOrOneOutsideIsLeftToWhoKnowsThePicture() throws Exception {
    assertThat(text("[30, 40, 10, 20]")).containsExactly(30, 40, 10, 20);
    assertThat(text("[-90000, 0, -80000, 5]")).containsExactly(-90000, 0, -80000, 5);
  }

  private double @Nullable [] text(String text) throws Exception {
    return box(TEXT, row -> row.add("box", text));
  }

  private double @Nullable [] box(String column, Consumer<Group> filler) throws Exception {
    Path file =
        new ForeignFile(
                dir.resolve("boxes.parquet"),
                ForeignFile.PICTURE + "required binary caption (STRING); " + column)
            .write(
                row -> {
                  ForeignFile.picture(row);
                  row.add("caption", "a face");
                  filler.accept(row);
                });
    return ForeignFile.row(ForeignFile.source(file, "caption")).box();
  }
}
