package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

class JsonFilesTest {
  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void picture() throws IOException {
    folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
  }

  @Test
  void flipsLastFileIsTheTestSplitAndPrefixesAreCut() throws Exception {
    String row = "[{\"image_id\":\"images_%s\",\"image\":\"images/a.jpg\",\"caption\":%s}]";
    Lists.write(folder.resolve("p0/s0.json"), String.format(Locale.ROOT, row, "x", "[\"one\"]"));
    Lists.write(folder.resolve("p0/s1.json"), String.format(Locale.ROOT, row, "y", "\"two\""));
    Lists.write(
        folder.resolve("p1/s2.json"), String.format(Locale.ROOT, row, "z", "[\"a\", \"b\"]"));
    assertThat(rows(Preset.FLIP, "train"))
        .containsExactly(
            new Outcome("x", List.of("one"), "p", null),
            new Outcome("y", List.of("two"), "p", null));
    assertThat(rows(Preset.FLIP, "test"))
        .containsExactly(new Outcome("z", List.of("a", "b"), "p", null));
  }

  @Test
  void picturesLieInImagesWhereTheListsLieInJson() throws Exception {
    Lists.write(folder.resolve("images/b.jpg"), "in images");
    Lists.write(
        folder.resolve("json/split_00000.json"),
        "[{\"image\":\"b.jpg\",\"image_short_caption\":\"c\"}]");
    assertThat(rows(Preset.FACECAPTION_1M, "train"))
        .containsExactly(new Outcome("json/split_00000.json#0", List.of("c"), "in images", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\"a\"} | a",
        "{\"from\":\"user\",\"value\":\"q\"},{\"from\":\"assistant\",\"value\":\"a\"} | a",
        "{\"from\":\"system\",\"value\":\"s\"},{\"from\":\"human\",\"value\":\"q\"},"
            + "{\"from\":\"gpt\",\"value\":\"a\"},{\"from\":\"gpt\",\"value\":\"b\"} | a;b",
        "{\"from\":\"x\",\"value\":\"q\"},{\"from\":\"y\",\"value\":\"a\"} | a",
        "{\"from\":\"human\",\"value\":\"q\"} | ``",
        "{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\" \"} | ``"
      })
  void ofAConversationTheAnswersAreCaptions(String turns, String captions) throws Exception {
    Lists.write(
        folder.resolve("x.json"), "[{\"image\":[\"a.jpg\"],\"conversations\":[" + turns + "]}]");
    assertThat(String.join(";", rows(Preset.LLAVA, "train").getFirst().captions()))
        .isEqualTo(captions);
  }

  /** GOOD stands for a sound entry. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[GOOD, {\"image\" | 1 | entry 1, line 1: it is cut",
        "[GOOD, | 1 | the list ends within its array",
        "[GOOD | 1 | the list ends within its array",
        "[GOOD, 5, GOOD] | 2 | entry 1, line 1: it is a number, not an object",
        "[GOOD, [GOOD], GOOD] | 2 | it is a list, not an object",
        "[GOOD, {\"image\":\"a.jpg\",\"caption\":\"open},{\"image\":\"a.jpg\",\"caption\":\"c\"},"
            + " GOOD] | 3 | entry 1",
        "[GOOD,~ {\"image\":\"a.jpg\",\"caption\":\"open},~ GOOD,~ GOOD] | 3 | entry 1, line 2: it"
            + " is cut",
        "[GOOD, {\"image\":\"a.jpg\",\"conversations\":[{\"from\":\"x\"}],}, GOOD] | 2 | entry 1",
        "[GOOD, {\"image\":\"caf\u00e9\"}, GOOD] | 2 | UTF-8",
        "[GOOD, {\"image\":\"a.jpg\", GOOD, GOOD] | 3 | entry 1",
        "[GOOD]x | 1 | something follows",
        "[GOOD],{} | 1 | something follows"
      })
  void anEntryThatIsNoneCostsItselfAndNoOther(String json, int good, String why) throws Exception {
    Lists.write(folder.resolve("good.json"), "[{\"image\":\"a.jpg\",\"caption\":\"c\"}]");
    String entry = "{\"image\":\"a.jpg\",\"caption\":\"c\"}";
    Files.write(
        folder.resolve("x.json"),
        json.replace("GOOD", entry).replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1));
    try (IndexedDataset data =
        Lists.open(Lists.source(folder, Format.JSON, Preset.FACET), "train")) {
      assertThat(Lists.rows(data)).filteredOn(row -> row.reason() == null).hasSize(1 + good);
      assertThat(Lists.messages(data)).singleElement().asString().contains("x.json", why);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[GOOD GOOD]", "[GOOD,,GOOD]", "[GOOD][GOOD]", "[GOOD]\n[GOOD]", "[GOOD],GOOD]"})
  void whereNothingButSeparatorsAreWrongNothingIsLost(String json) throws Exception {
    String entry = "{\"image\":\"a.jpg\",\"caption\":\"c\"}";
    Lists.write(folder.resolve("x.json"), json.replace("GOOD", entry));
    assertThat(rows(Preset.FACET, "train"))
        .extracting(Outcome::id, Outcome::reason)
        .containsExactly(tuple("x.json#0", null), tuple("x.json#1", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty: copy it again",
        "{\"total\": 7, \"other\": []} | none of its keys (other, total) are pictures listed",
        "7 | no JSON array and no object",
        "oops | no JSON array and no object",
        "{\"data\": [{\"image\": \"a.jpg\", \"caption\": \"c\"}, {\"im | it ends within a value,"
            + " line 1",
        "{\"data\": [{\"image\": \"a.jpg\", \"caption\": \"c\"}, oops]} | Unrecognized token"
            + " 'oops', line 1",
      })
  void aFileThatIsNoListIsRefused(String json, String why) throws Exception {
    Path file = folder.resolve("x.json");
    Lists.write(file, json);
    assertThatThrownBy(() -> Lists.open(file, Format.JSON, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("x.json", why);
  }

  @Test
  void bareNanOfPythonIsRead() throws Exception {
    Lists.write(folder.resolve("a.json"), "[{\"image\":\"a.jpg\",\"caption\":\"c\",\"p\":NaN}]\n ");
    assertThat(rows(Preset.FACET, "train")).hasSize(1);
  }

  @Test
  void filesThatAreNoListsArePassedOver() throws Exception {
    Lists.write(folder.resolve("a.json"), "[{\"image\":\"a.jpg\",\"caption\":\"c\"}]");
    Lists.write(folder.resolve("a_stats.json"), "{\"count\": 1}");
    assertThat(rows(Preset.FACET, "train")).hasSize(1);
  }

  private List<Outcome> rows(Preset preset, String split) throws IOException {
    try (IndexedDataset data = Lists.open(Lists.source(folder, Format.JSON, preset), split)) {
      return Lists.rows(data);
    }
  }
}
