package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.WeightCases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms that captions come in, and how one column is preferred to another. */
class CaptionColumnsTest {
  private static final String CONVERSATION =
      """
      optional group conversations (LIST) {
        repeated group list {
          optional group element {
            optional binary from (STRING);
            optional binary value (STRING);
          }
        }
      }
      """;

  private static final String TWO_TEXTS =
      "optional binary long (STRING); optional group short (LIST) { repeated binary array; }";

  @TempDir Path dir;

  @Test
  void aTextIsACaption() throws Exception {
    assertThat(captions("required binary c (STRING);", row -> row.add("c", "a face")))
        .containsExactly("a face");
    assertThat(captions("optional binary c;", row -> row.add("c", "ein Gesicht, schön")))
        .containsExactly("ein Gesicht, schön");
  }

  @Test
  void aListIsUnderstoodInEveryDialect() throws Exception {
    for (String name : new String[] {"element", "item", "array_element"}) {
      assertThat(
              captions(
                  "optional group c (LIST) { repeated group list { optional binary %s; } }"
                      .formatted(name),
                  row -> {
                    Group list = row.addGroup("c");
                    list.addGroup("list").add(name, "one");
                    list.addGroup("list"); // a null
                    list.addGroup("list").add(name, "two");
                  }))
          .containsExactly("one", "two");
    }
    for (String older :
        new String[] {
          "optional group c (LIST) { repeated binary array (STRING); }",
          "required group c (LIST) { repeated binary element; }"
        }) {
      assertThat(
              captions(
                  older,
                  row -> {
                    Group list = row.addGroup("c");
                    list.add(0, "one");
                    list.add(0, "two");
                  }))
          .containsExactly("one", "two");
    }
    assertThat(
            captions(
                "repeated binary c (STRING);",
                row -> {
                  row.add("c", "one");
                  row.add("c", "two");
                }))
        .containsExactly("one", "two");
  }

  @Test
  void ofAConversationTheAnswersAreCaptions() throws Exception {
    assertThat(conversation("human", "What?", "gpt", "a face", "human", "?", "gpt", "a nose"))
        .containsExactly("a face", "a nose");
    assertThat(conversation("assistant", "answered first", "user", "thanks"))
        .containsExactly("answered first");
    assertThat(conversation("gpt", "Hello.", "human", "What?", "gpt", "a face"))
        .containsExactly("a face");
    assertThat(conversation("system", "Be brief.", "human", "What?", "gpt", "a face"))
        .containsExactly("a face");
    assertThat(conversation("a", "What?", "b", "the second turn", "a", "more"))
        .containsExactly("the second turn");
    assertThatThrownBy(() -> conversation("human", "What?"))
        .isInstanceOf(BadSampleException.class)
        .extracting(e -> ((BadSampleException) e).reason())
        .isEqualTo(Reason.NO_CAPTION);
  }

  @Test
  void aFieldOfAStructureCanBeNamed() throws Exception {
    Path file =
        file(
            "required group text { required binary en; required binary de; }",
            row -> {
              Group text = row.addGroup("text");
              text.add("en", "a face");
              text.add("de", "ein Gesicht");
            });
    assertThat(ForeignFile.captions(ForeignFile.source(file, "text.de")))
        .containsExactly("ein Gesicht");
    assertThatThrownBy(() -> ForeignFile.captions(ForeignFile.source(file, "text")))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("column `text` of", "[text.en BYTE_ARRAY", "like `text.en`");
  }

  @Test
  void theFirstColumnWithACaptionWins() throws Exception {
    DataSource source =
        ForeignFile.source(
            file(
                TWO_TEXTS,
                row -> {
                  row.add("long", " \t\n ");
                  row.addGroup("short").add("array", "a face");
                }),
            "gone",
            "long",
            "short");
    assertThat(ForeignFile.captions(source)).containsExactly("a face");
    source =
        ForeignFile.source(
            file(
                TWO_TEXTS,
                row -> {
                  row.add("long", "a long face");
                  row.addGroup("short").add("array", "a face");
                }),
            "long",
            "short");
    assertThat(ForeignFile.captions(source)).containsExactly("a long face");
  }

  @Test
  void weightedColumnsGiveAllTheirCaptionsWhichShareTheWeight() throws Exception {
    Path file =
        file(
            TWO_TEXTS,
            row -> {
              row.add("long", "a long face");
              Group list = row.addGroup("short");
              list.add("array", "one");
              list.add("array", "");
              list.add("array", "two");
            });
    Row row =
        ForeignFile.row(
            ForeignFile.source(
                file, List.of(new CaptionField("long", 0.75), new CaptionField("short", 0.5))));
    assertThat(row.captions()).containsExactly("a long face", "one", "two");
    assertThat(new double[] {row.weight(0), row.weight(1), row.weight(2)})
        .containsExactly(0.75, 0.25, 0.25);
    DataSource misspelt =
        ForeignFile.source(
            file, List.of(new CaptionField("long", 1), new CaptionField("shrot", 1)));
    assertThatThrownBy(() -> ForeignFile.row(misspelt))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no column `shrot`", "[image, long, short]");
  }

  @Test
  void columnsWithoutWeightCountOnlyWhereNoWeightedOneHasACaption() throws Exception {
    WeightCases.check(
        (texts, fields) -> {
          StringBuilder columns = new StringBuilder();
          texts.keySet().forEach(c -> columns.append("optional binary ").append(c).append(';'));
          Path file = file(columns.toString(), row -> texts.forEach(row::add));
          return ForeignFile.row(ForeignFile.source(file, fields));
        });
  }

  @Test
  void oneColumnMayBeCaptionAndIdAndSplit() throws Exception {
    Path file =
        new ForeignFile(
                dir.resolve("twice.parquet"), ForeignFile.PICTURE + "required binary split;")
            .write(
                row -> {
                  ForeignFile.picture(row);
                  row.add("split", "train");
                });
    DataSource usual = ForeignFile.source(file, "split");
    Fields fields = usual.fields();
    DataSource twice =
        new DataSource(
            file,
            usual.format(),
            null,
            new Fields(
                fields.image(),
                fields.captions(),
                List.of("split"),
                List.of(),
                fields.split(),
                List.of()),
            0,
            1);
    Row row = ForeignFile.row(twice);
    assertThat(row.captions()).containsExactly("train");
    assertThat(row.id()).isEqualTo("train");
  }

  @Test
  void captionsAreCountedWithoutPictures() throws Exception {
    Path file =
        new ForeignFile(dir.resolve("no-pictures.parquet"), "optional binary c (STRING);")
            .write(row -> row.add("c", "a face"), row -> {}, row -> row.add("c", " "));
    try (ShardDataset dataset = ShardDataset.openCaptions(ForeignFile.source(file, "c"), "train")) {
      assertThat(dataset.captions(0)).containsExactly(List.of("a face"));
    }
  }

  private List<String> conversation(String... turns) throws Exception {
    DataSource source =
        ForeignFile.source(
            file(
                CONVERSATION,
                row -> {
                  Group list = row.addGroup("conversations");
                  for (int i = 0; i < turns.length; i += 2) {
                    Group turn = list.addGroup("list").addGroup("element");
                    turn.add("from", turns[i]);
                    turn.add("value", turns[i + 1]);
                  }
                }),
            "conversations");
    return ForeignFile.captions(source);
  }

  private List<String> captions(String column, Consumer<Group> filler) throws Exception {
    return ForeignFile.captions(ForeignFile.source(file(column, filler), "c"));
  }

  private Path file(String columns, Consumer<Group> filler) throws IOException {
    return new ForeignFile(dir.resolve("captions.parquet"), ForeignFile.PICTURE + columns)
        .write(
            row -> {
              ForeignFile.picture(row);
              filler.accept(row);
            });
  }
}
