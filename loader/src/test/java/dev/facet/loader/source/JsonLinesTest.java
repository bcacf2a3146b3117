package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.RowCopy;
import dev.facet.loader.data.WeightCases;
import dev.facet.loader.json.ListJson;
import dev.facet.loader.source.Lists.Outcome;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static final String GOOD =
      "{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"box\":null}\n";

  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void pictures() throws IOException {
    folder = dir.resolve("data");
    Lists.write(folder.resolve("images/a.jpg"), "picture a");
    Lists.write(folder.resolve("images/b.jpg"), "picture b, longer");
    Lists.write(folder.resolve("images/empty.jpg"), "");
    Lists.write(dir.resolve("secret.jpg"), "not part of the data");
  }

  @Test
  void everyFieldOfALineArrivesInItsRow() throws Exception {
    index(
        """
        {"image":"images/a.jpg","captions":["one"," ","two"],"box":[1,2.5,30,40],"label":"smile",\
        "labels":{"hair":"red"},"id":"x1","source":"camera"}

        {"image":"images\\\\b.jpg","caption":"three"}
        """);
    try (IndexedDataset dataset = open("train");
        Chunk chunk = dataset.open(0)) {
      assertThat(dataset.size()).isEqualTo(2);
      Row first = chunk.row(0);
      assertThat(picture(first)).isEqualTo("picture a");
      assertThat(first.captions()).containsExactly("one", "two");
      assertThat(first.faceBox()).isEqualTo(new Box(1, 2.5, 30, 40));
      assertThat(first.labels()).containsEntry("label", "smile").containsEntry("hair", "red");
      assertThat(first.id()).isEqualTo("x1");
      assertThat(first.source()).isEqualTo("camera");
      Row second = chunk.row(1);
      assertThat(picture(second)).isEqualTo("picture b, longer");
      assertThat(second.captions()).containsExactly("three");
      assertThat(second.box()).isNull();
      assertThat(second.id()).isEqualTo("captions.jsonl#3");
    }
  }

  @Test
  void chunksAreRangesOf256EntriesOfTheAskedSplitInOrder() throws Exception {
    index(
        IntStream.range(0, 1200)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "{\"image\":\"images/a.jpg\",\"caption\":\"é no. %d\",\"split\":\"%s\"}",
                        i,
                        i % 2 == 0 ? "train" : "test"))
            .collect(Collectors.joining("\r\n")));
    try (IndexedDataset dataset = open("test")) {
      assertThat(IntStream.range(0, dataset.chunkCount()).map(dataset::rowCount))
          .containsExactly(256, 256, 88);
      try (Chunk chunk = dataset.open(2)) {
        assertThat(chunk.row(87).captions()).containsExactly("é no. 1199");
        assertThat(chunk.row(0).captions()).containsExactly("é no. 1025");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.jpg",
        "images/../../secret.jpg",
        "ABSOLUTE",
        "..\\\\secret.jpg",
        "C:/secret.jpg",
        "images/../.."
      })
  void aPathOutOfTheFolderIsNeverRead(String path) throws Exception {
    String image = path.equals("ABSOLUTE") ? dir.resolve("secret.jpg").toString() : path;
    index("{\"image\":\"" + image + "\",\"caption\":\"c\"}");
    assertBad(Reason.OUTSIDE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image\":\"nul\\u0000.jpg\"",
        "{\"image\":\"images/gone.jpg\"",
        "{\"image\":\"images\""
      })
  void aMissingFileIsABadSample(String begin) throws Exception {
    index(begin + ",\"caption\":\"c\"}");
    assertBad(Reason.MISSING);
  }

  @Test
  void anEmptyFileIsABadSample() throws Exception {
    index("{\"image\":\"images/empty.jpg\",\"caption\":\"c\"}");
    assertBad(Reason.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"image\":null", "\"image\":7", "\"image\":\" \"", "\"image\":[]"})
  void aRowThatNamesNoPictureIsToldFromOneWhosePictureIsMissing(String image) throws Exception {
    index("{" + image + ",\"caption\":\"c\"}\n" + GOOD);
    assertBad(Reason.NO_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"caption\":\" \"", "\"captions\":[]", "\"captions\":[null]", "\"a\":1"})
  void noCaptionThatIsNotBlankIsABadSample(String captions) throws Exception {
    index("{\"image\":\"images/a.jpg\"," + captions + "}\n" + GOOD);
    assertBad(Reason.NO_CAPTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2,3]",
        "\"1,2,3,4\"",
        "[1,2,3,\"x\"]",
        "\"[1,2]\"",
        "7",
        "[1,2,3,4,5]",
        "{}",
        "[NaN,2,3,4]",
        "[1,2,Infinity,4]",
        "NaN"
      })
  void aBoxThatIsNotFourNumbersIsABadSample(String box) throws Exception {
    index("{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"box\":" + box + "}");
    assertBad(Reason.BAD_BOX);
  }

  @Test
  void fieldsWithoutWeightCountOnlyWhereNoWeightedOneHasACaption() throws Exception {
    WeightCases.check(
        (texts, captions) -> {
          Map<String, String> line = new TreeMap<>(texts);
          line.put("image", "images/a.jpg");
          index(ListJson.MAPPER.writeValueAsString(line));
          Fields usual = Preset.FACET.fields();
          Fields fields =
              new Fields(
                  usual.image(), captions, usual.id(), usual.box(), usual.split(), usual.source());
          DataSource source = new DataSource(folder, Format.JSONL, null, fields, 0, 1);
          try (IndexedDataset dataset = Lists.open(source, "train");
              Chunk chunk = dataset.open(0)) {
            return chunk.row(0);
          }
        });
  }

  @Test
  void bareNanInAnyOtherFieldIsNoValue() throws Exception {
    index(
        "{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"score\":NaN,\"low\":-Infinity,"
            + "\"id\":NaN,\"split\":NaN}");
    try (IndexedDataset dataset = open("train")) {
      assertThat(Lists.rows(dataset))
          .containsExactly(new Outcome("captions.jsonl#1", List.of("c"), "picture a", null));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[1,2.5,3,4]",
        "\"[1, 2.5, 3.0, 4]\"",
        "[\"1\",\"2.5\",\"3\",\"4\"]",
        "[\"[1, 2.5, 3, 4]\"]",
        "[\"[1,2.5,3,4]\",\"[5,6,7,8]\"]",
        "[[1,2.5,3,4],[5,6,7,8]]",
        "[\"[1,2.5,3,4]\",\"[5,6,7,8]\",\"[5,6,7,8]\",\"[5,6,7,8]\"]"
      })
  void boxesAreReadInEveryForm(String box) throws Exception {
    index("{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"box\":" + box + "}");
    try (IndexedDataset dataset = open("train");
        Chunk chunk = dataset.open(0)) {
      assertThat(chunk.row(0).faceBox()).isEqualTo(new Box(1, 2.5, 3, 4));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"image\": | not JSON",
        "[1] | a list",
        "7 | a number",
        "null | null",
        "{\"image\":\"i\"} x | not JSON",
        "{\"image\":\"images/a.jpg\",\"caption\":\"never closed} | not JSON",
        "{\"image\":\"\u0001\"} | not JSON",
        "caf\u00e9 | is not UTF-8 (byte 4 of it is 0xe9)",
      })
  void aMalformedLineIsABadRowNamedByFileAndNumber(String line, String why) throws IOException {
    byte[] latin = (GOOD + "\n" + line + "\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve(JsonLines.NAME), latin);
    for (int opened = 0; opened < 2; opened++) { // scanned, then from the index
      try (IndexedDataset data = open("train")) {
        assertThat(Lists.rows(data))
            .extracting(Outcome::id, Outcome::reason)
            .containsExactly(
                tuple("captions.jsonl#1", null),
                tuple("captions.jsonl#3", Reason.MALFORMED),
                tuple("captions.jsonl#4", null));
        assertThat(Lists.messages(data))
            .singleElement()
            .asString()
            .contains("captions.jsonl, line 3", why, "mend the line or remove it");
        assertThat(data.notes())
            .singleElement()
            .asString()
            .contains("captions.jsonl: 1 row is malformed", "line 3");
        assertThat(data.captions(0)).containsExactly(List.of("c"), List.of(), List.of("c"));
      }
    }
  }

  @Test
  void aLineLongerThanAnyEntryIsABadRowToo() throws IOException {
    byte[] zeros = new byte[LineReader.MOST_BYTES + 2];
    System.arraycopy(GOOD.getBytes(StandardCharsets.UTF_8), 0, zeros, 0, GOOD.length());
    zeros[zeros.length - 1] = '\n';
    Path list = Files.write(folder.resolve(JsonLines.NAME), zeros);
    Files.writeString(list, "\n".repeat(3), StandardOpenOption.APPEND);
    Files.write(list, zeros, StandardOpenOption.APPEND);
    Files.writeString(list, GOOD, StandardOpenOption.APPEND);
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::id, Outcome::reason)
          .containsExactly(
              tuple("captions.jsonl#1", null),
              tuple("captions.jsonl#2", Reason.MALFORMED),
              tuple("captions.jsonl#6", null),
              tuple("captions.jsonl#7", Reason.MALFORMED),
              tuple("captions.jsonl#8", null));
    }
  }

  @Test
  void aMalformedLineIsOfTheSplitOfTheLineBefore() throws IOException {
    String of = "{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"split\":\"%s\"}\n";
    index(String.format(Locale.ROOT, of, "test") + "{\n" + String.format(Locale.ROOT, of, "val"));
    try (IndexedDataset data = open("test")) {
      assertThat(Lists.rows(data)).hasSize(2);
    }
  }

  @Test
  void aListOfNothingButMalformedLinesIsOpenedAndSaysSo() throws IOException {
    index("one\ntwo\n");
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.messages(data)).hasSize(2);
      assertThat(data.notes()).singleElement().asString().contains("2 rows are malformed");
    }
  }

  @Test
  void aFieldThatIsNullEverywhereIsNoWrongName() throws IOException {
    index("{\"image\":\"images/a.jpg\",\"caption\":null}\n{\"image\":null,\"caption\":\"c\"}");
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::reason)
          .containsExactly(Reason.NO_CAPTION, Reason.NO_IMAGE);
    }
  }

  @Test
  void anUnknownSplitIsAnsweredWithThoseThereAre() throws IOException {
    index(GOOD);
    assertThatThrownBy(() -> open("test"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no rows in split 'test'", "there is train")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void namesThatNoLineHasAreAnsweredWithThoseThereAre() throws IOException {
    index("{\"picture\":\"images/a.jpg\",\"words\":\"c\"}");
    assertThatThrownBy(() -> open("train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("picture, words", "preset");
    index("{\"image\":\"images/a.jpg\",\"words\":\"c\"}");
    assertThatThrownBy(() -> open("train"))
        .hasMessageContainingAll("a caption under txt or captions", "image, words");
  }

  @Test
  void anEmptyListIsRefused() throws IOException {
    index("\n");
    assertThatThrownBy(() -> open("train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no entries", "captions.jsonl");
  }

  private void assertBad(Reason reason) throws Exception {
    try (IndexedDataset dataset = open("train")) {
      assertThat(Lists.rows(dataset)).first().extracting(Outcome::reason).isEqualTo(reason);
    }
  }

  private IndexedDataset open(String split) {
    return Lists.open(folder, Format.JSONL, split);
  }

  private void index(String lines) throws IOException {
    Files.writeString(folder.resolve(JsonLines.NAME), lines);
  }

  private static String picture(Row row) {
    return new String(RowCopy.bytes(row), StandardCharsets.UTF_8);
  }
}
