package dev.facet.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void wordsStayAsTheyAre() {
    assertThat(Printable.of("vit_b-16 é 顔 \ud83d\ude00")).isEqualTo("vit_b-16 é 顔 \ud83d\ude00");
  }

  @Test
  void whatATerminalWouldObeyIsNotShown() {
    assertThat(Printable.of("a\u001b[2Jb\nc\u009bd\u202ee\u2028f\ud83d"))
        .isEqualTo("a?[2Jb?c?d?e?f?");
  }

  @Test
  void longWordsAreCut() {
    assertThat(Printable.of("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(Printable.of("x".repeat(201))).isEqualTo("x".repeat(200) + "...");
  }
}
