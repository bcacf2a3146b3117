package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.Format;
import dev.facet.loader.Preset;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonArraysTest {
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
    Lists.write(folder.resolve("p0/s0.json"), row.formatted("x", "[\"one\"]"));
    Lists.write(folder.resolve("p0/s1.json"), row.formatted("y", "\"two\""));
    Lists.write(folder.resolve("p1/s2.json"), row.formatted("z", "[\"a\", \"b\"]"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}, {\"image\" | entry 1 is cut",
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}, | entry 1 is cut",
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}, 5] | entry 1 is not an object",
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}][{}] | something follows the array's closing",
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}],{} | after entry 0: remove it",
        "[{\"image\":\"a.jpg\",\"caption\":\"c\"}]x | something follows",
        "`` | not a JSON array"
      })
  void aFileThatIsCutOrBrokenIsNamedWithItsPlaceAndCure(String json, String message)
      throws Exception {
    Lists.write(folder.resolve("good.json"), "[{\"image\":\"a.jpg\",\"caption\":\"c\"}]");
    Lists.write(folder.resolve("x.json"), json);
    assertThatThrownBy(() -> rows(Preset.FLIP, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("x.json", message);
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
