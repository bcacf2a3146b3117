package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionSidesTest {
  private static boolean both(String caption) {
    byte[] bytes = ("left " + caption + " right").getBytes(StandardCharsets.UTF_8);
    boolean fromBytes = CaptionSides.speaksOfSides(bytes, 5, bytes.length - 11);
    assertThat(CaptionSides.speaksOfSides(caption)).isEqualTo(fromBytes);
    return fromBytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a scar on the left cheek",
        "Left",
        "looks to the RIGHT.",
        "a left-hand glove",
        "left-handed",
        "the leftmost man",
        "lefthand side",
        "“left” – in quotation marks",
        "on the right",
        "rightwards",
        "it is all right now"
      })
  void sidesAreFound(String caption) {
    assertThat(both(caption)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leftovers",
        "a bright smile",
        "copyright",
        "the upright man",
        "righteous",
        "Lefty",
        "left_eye",
        "lef t",
        "cleft",
        "straightforward"
      })
  void otherWordsAreNot(String caption) {
    assertThat(both(caption)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a scar on the left cheek, a scar on the right cheek",
    "Left and RIGHT and right, Right and LEFT and left",
    "'Left-handed, leftmost', 'Right-handed, rightmost'",
    "bright leftovers, bright leftovers",
    "the righthand side’s left, the lefthand side’s right",
    "'', ''"
  })
  void sidesChangePlacesAndKeepTheirCapitals(String caption, String swapped) {
    assertThat(CaptionSides.swapped(caption)).isEqualTo(swapped);
    assertThat(CaptionSides.swapped(swapped)).isEqualTo(caption);
  }
}
