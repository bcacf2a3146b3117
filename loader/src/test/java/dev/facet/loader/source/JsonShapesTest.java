package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read by its shape, whatever the file is called. */
class JsonShapesTest {
  private static final String TWO_LINES =
      "{'image':'a.jpg','caption':'one'}\n{'image':'b.jpg','caption':'two'}\n";

  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void pictures() throws IOException {
    folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "pa");
    Lists.write(folder.resolve("b.jpg"), "pb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.json", "x.jsonl", "x.ndjson", "x.JSON", "train.json"})
  void linesAndArraysAreReadUnderEveryName(String name) throws Exception {
    for (String json : List.of(TWO_LINES, "[" + TWO_LINES.strip().replace('\n', ',') + "]")) {
      write(name, json);
      assertThat(rows(Format.AUTO, "train"))
          .extracting(Outcome::picture, Outcome::captions)
          .containsExactly(tuple("pa", List.of("one")), tuple("pb", List.of("two")));
    }
  }

  @Test
  void linesAreFoundInJsonFilesWhereTheyAreAskedFor() throws Exception {
    write("x.json", TWO_LINES);
    assertThat(rows(Format.JSONL, "train")).hasSize(2);
    Lists.write(folder.resolve("x.json"), "[]");
    assertThatThrownBy(() -> rows(Format.JSONL, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("none has one object per line", "data.format");
  }

  /** Each lists both pictures, with "one" and "two" of the first, in the splits that follow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'info':{},'images':[{'id':7,'file_name':'a.jpg'},{'id':8,'file_name':'b.jpg'}],"
            + "'annotations':[{'id':1,'image_id':7,'caption':'one'},{'id':2,'image_id':8,"
            + "'caption':'three'},{'id':3,'image_id':7,'caption':'two'}],'licenses':[{'id':1}]}"
            + " | train train",
        "{'annotations':[{'image_id':'y','caption':'three'},{'image_id':'x','caption':'one'},"
            + "{'image_id':'x','caption':'two'}],'images':[{'file_name':'a.jpg','id':'x'},"
            + "{'file_name':'b.jpg','id':'y'}]} | train train",
        "{'dataset':'flickr8k','images':[{'filename':'a.jpg','imgid':0,'split':'train','sentences':"
            + "[{'tokens':['one'],'raw':'one'},{'raw':'two'}]},{'filename':'b.jpg','split':'test',"
            + "'sentences':[{'raw':'three'}]}]} | train test",
        "{'images':[{'filepath':'.','filename':'a.jpg','split':'val','sentences':[{'raw':'one'},"
            + "{'raw':'two'}]},{'filepath':'./.','filename':'b.jpg','split':'train','sentences':"
            + "[{'raw':'three'}]}]} | val train",
        "{'images':[{'filename':'a.jpg','filepath':'./a.jpg','captions':['one','two']},{'filename':"
            + "'b.jpg','filepath':'','caption':'three'}]} | train train",
        "{'a.jpg':['one','two'],'b.jpg':'three'} | train train",
        "{'a.jpg':{'captions':['one','two']},'b.jpg':{'caption':'three','split':'test'}}"
            + " | train test",
        "{'data':[{'image':'a.jpg','caption':['one','two']},{'image':'b.jpg','caption':'three'}]}"
            + " | train train",
        "{'version':1,'train':[{'image':'a.jpg','captions':['one','two']}],'test':[{'image':"
            + "'b.jpg','text':'three'}]} | train test",
        "{'train':{'a.jpg':['one','two']},'val2017':{'b.jpg':'three'}} | train val",
        "{'images':[{'file_name':'a.jpg','captions':['one','two']},{'file_name':'b.jpg','caption':"
            + "'three'}]} | train train",
      })
  void anObjectThatListsPicturesIsRead(String json, String splits) throws Exception {
    for (String name : List.of("x.json", "x.jsonl")) {
      write(name, json);
      Format format = DataLayout.of(Lists.source(folder, Format.AUTO, Preset.FACET));
      String[] its = splits.split(" ", -1);
      assertThat(rows(format, its[0]).getFirst())
          .extracting(Outcome::picture, Outcome::captions)
          .containsExactly("pa", List.of("one", "two"));
      assertThat(rows(format, its[1]).getLast())
          .extracting(Outcome::picture, Outcome::captions)
          .containsExactly("pb", List.of("three"));
    }
  }

  @Test
  void ofAnObjectNothingIsLostInSilence() throws Exception {
    write(
        "x.json",
        "{'images':[{'id':1,'file_name':'a.jpg'},{'id':1,'file_name':'b.jpg'},5,{'id':2,"
            + "'file_name':'b.jpg'}],'annotations':[{'image_id':1,'caption':'one'},{'image_id':9,"
            + "'caption':'lost'}]}");
    try (IndexedDataset data = Lists.open(folder, Format.JSON, "train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::reason)
          .containsExactlyInAnyOrder(null, Reason.NO_CAPTION, Reason.MALFORMED, Reason.MALFORMED);
      assertThat(Lists.messages(data))
          .satisfiesExactly(
              one -> assertThat(one).contains("x.json, entry 0", "its id 1 is another one's"),
              two -> assertThat(two).contains("x.json, entry 1", "no object"));
      assertThat(data.notes()).anyMatch(note -> note.contains("captions of 1 images"));
    }
  }

  @Test
  void annotationsOfAnotherKindBesideTheCaptionsArePassedOver() throws Exception {
    String coco = "{'images':[{'id':1,'file_name':'a.jpg'}],'annotations':[{'image_id':1,%s}]}";
    write("captions_train2017.json", String.format(Locale.ROOT, coco, "'caption':'one'"));
    Lists.write(
        folder.resolve("instances_train2017.json"),
        String.format(Locale.ROOT, coco, "'bbox':[1,2,3,4]").replace('\'', '"'));
    try (IndexedDataset data = Lists.open(folder, Format.AUTO, "train")) {
      assertThat(Lists.rows(data)).hasSize(1);
      assertThat(data.notes())
          .singleElement()
          .asString()
          .contains("instances_train2017.json is passed over");
    }
    Files.delete(folder.resolve("captions_train2017.json"));
    assertThatThrownBy(() -> rows(Format.JSON, "train"))
        .hasMessageContainingAll("has no entries", "none of its annotations has a caption");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'image':'a.jpg','caption':'one'}{'image':'b.jpg','caption':'two'}",
        "{'image':'a.jpg','caption':'one'} {'image':'b.jpg','caption':'two'}\n",
        "{\n 'image': 'a.jpg',\n 'caption': 'one'\n}\n{\n 'image': 'b.jpg',\n 'caption': 'c'\n}",
        "{\n 'image': 'a.jpg'\n}{\n 'image': 'b.jpg'\n}"
      })
  void objectsThatAreNotOneToALineAreRefusedInPlainWords(String json) throws Exception {
    for (String name : List.of("x.json", "x.jsonl")) {
      write(name, json);
      try (IndexedDataset data = Lists.open(folder, Format.AUTO, "train")) {
        assertThat(Lists.messages(data))
            .isNotEmpty()
            .allSatisfy(
                message ->
                    assertThat(message)
                        .contains(name + ", line ", "one object per line")
                        .doesNotContainPattern("Feature|Token |Jackson|[a-z]Exception"));
        assertThat(Lists.rows(data)).allMatch(row -> row.reason() == Reason.MALFORMED);
      }
    }
  }

  @Test
  void aFirstLineThatIsBrokenHidesNoneOfTheOthers() throws Exception {
    write("x.json", "{'image':'a.jpg','caption':'open\n" + TWO_LINES);
    assertThat(rows(Format.AUTO, "train"))
        .extracting(Outcome::reason)
        .containsExactly(Reason.MALFORMED, null, null);
  }

  @Test
  void jsonBesidePicturesIsNoList() throws Exception {
    write("a.json", "{'caption':'one','exif':{'x':'y'}}");
    assertThat(rows(Format.AUTO, "train")).first().extracting(Outcome::picture).isEqualTo("pa");
    assertThat(DataLayout.of(DataSource.of(folder))).isEqualTo(Format.SIDECAR);
  }

  private List<Outcome> rows(Format format, String split) throws IOException {
    try (IndexedDataset data = Lists.open(folder, format, split)) {
      return Lists.rows(data);
    }
  }

  /** The only list. */
  private void write(String name, String json) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path old :
          files.filter(f -> f.toString().toLowerCase(Locale.ROOT).contains("json")).toList()) {
        Files.delete(old);
      }
    }
    Lists.write(folder.resolve(name), json.replace('\'', '"'));
  }
}
