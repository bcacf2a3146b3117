package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"nan", "NaN", "None", "NULL", "null", "N/A", "n/a", "NA", "<NA>", " nan\n"})
  void aWordThatStandsForNoneIsNoCaptionAndIsToldAsTheReason(String word) {
    Row row = new Row();
    row.id("x");
    row.caption(word, 1);
    assertThat(row.captionCount()).isZero();
    assertThatThrownBy(row::check)
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_CAPTION))
        .hasMessage("x has no caption: '" + word.strip() + "' stands for none");
    row.caption("a face", 1);
    assertThat(row.captions()).containsExactly("a face");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none of them smiles",
        "Nana",
        "a nan",
        "banana",
        "n",
        "No",
        "-",
        "0",
        "nan.",
        "None, but a hat",
        "\u043d\u0430\u043d"
      })
  void aTrueCaptionIsNeverTakenForOne(String caption) {
    Row row = new Row();
    row.caption(caption, 1);
    assertThat(row.captions()).containsExactly(caption);
    assertThat(MissingText.is(caption)).isFalse();
  }

  @Test
  void blanksAreStillBlank() {
    assertThat(MissingText.is("")).isFalse();
    assertThat(MissingText.is(" ".repeat(100))).isFalse();
  }
}
