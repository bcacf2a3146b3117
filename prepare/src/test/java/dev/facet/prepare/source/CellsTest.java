package dev.facet.prepare.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | []",
        "\"a\" | [a]",
        "[\"a\", null, \"\"] | [a, ]",
        "[null] | []",
        "[] | []",
        "[{\"raw\": \"a\"}, {\"caption\": \"b\"}, {\"x\": 1}] | [a, b]",
        "7 | [7]"
      })
  void captionsComeInEveryForm(String cell, String expected) throws IOException {
    assertThat(Cells.captions(json(cell))).hasToString(expected);
  }

  @Test
  void ofAConversationTheAnswersAreCaptionsAndTheRestArePrompts() throws IOException {
    JsonNode turns =
        json(
            """
            [{"from": "gpt", "value": "Hello."}, {"from": "human", "value": "<image>\\nWho?"},
             {"from": "gpt", "value": "<image> a face"}, null, {"from": "gpt", "value": null}]
            """);
    assertThat(Cells.captions(turns)).containsExactly("a face");
    assertThat(Cells.prompts(turns)).containsExactly("Who?");
    assertThat(
            Cells.captions(
                json(
                    """
                    [{"from": "assistant", "value": "first"}, {"from": "user", "value": "thanks"}]
                    """)))
        .containsExactly("first");
    assertThat(Cells.captions(json("[{\"from\": \"human\", \"value\": \"Who?\"}]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | []",
        "[] | []",
        "[null] | []",
        "\" \" | [ ]",
        "\"[1, 2, 3, 4]\" | [[1, 2, 3, 4]]",
        "[1, 2.5, 3, 4] | [[1,2.5,3,4]]",
        "[1, null, 3, 4] | [[1,null,3,4]]",
        "[\"[1, 2, 3, 4]\", null, \"x\"] | [[1, 2, 3, 4], , x]",
        "[[1, 2, 3, 4], [5, 6, 7]] | [[1,2,3,4], [5,6,7]]",
        "{\"x2\": 3, \"x1\": 1, \"y1\": 2, \"y2\": 4} | [[1,2,3,4]]",
        "{\"x\": 3} | [{\"x\":3}]"
      })
  void boxesAreATextForEachFace(String cell, String expected) throws IOException {
    assertThat(Cells.boxes(json(cell))).hasToString(expected);
  }

  @Test
  void aDotGoesIntoAStructureUnlessItIsPartOfTheName() throws IOException {
    JsonNode row = json("{\"a\": {\"b\": 1}, \"a.c\": 2, \"l\": [{\"u\": 3}, {\"u\": 4}]}");
    assertThat(Cells.find(row, "a.b")).hasToString("1");
    assertThat(Cells.find(row, "a.c")).hasToString("2");
    assertThat(Cells.find(row, "l.u")).hasToString("[3,4]");
    assertThat(Cells.find(row, "l.x")).isNull();
    assertThat(List.of(Cells.text(json("12")), Cells.text(json("NaN")), Cells.text(null)))
        .containsExactly("12", "", "");
  }

  private static JsonNode json(String text) throws IOException {
    return text.equals("NaN")
        ? Json.LINE.getNodeFactory().numberNode(Double.NaN)
        : Json.LINE.readTree(text);
  }
}
