package dev.facet.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionCleanupTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`  A  Red\tHat\n`|a red hat",
        "&eacute;t&eacute; &amp;copy; &euro;|été © €",
        "&lt;b&gt;|<b>",
        "&notanentity; &ampx|¬anentity; &x",
        "&#x41;&#66;&#0;&#1;&#55296;&#99999999;|ab\uFFFD\uFFFD\uFFFD",
        "it\u0092s \u201Cfine\u201D|it's \"fine\"",
        "&ldquo;hi&rdquo;|\"hi\"",
        "ﬁne ｆｕｌｌ Ǆ ŉ|fine full dž 'n",
        "a\u0000b\u001B[31mred\u0007|abred",
        "\uFEFFcafe\u0301|café",
        "ΣΊΣΥΦΟΣ|σίσυφος",
        "a & b &unknown; &|a & b &unknown; &",
        "&nbsp;x\u3000y&nbsp;|x y",
      })
  void webTextIsMadePlain(String caption, String cleaned) {
    assertThat(CaptionCleanup.WEB.apply(caption)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A man, who's 30!|a man whos 30",
        "snake_case (x)|snake case x",
        "` a \t b `|a b",
        "“Curly” stays|“curly” stays",
      })
  void siglipSeesNoPunctuation(String caption, String cleaned) {
    assertThat(CaptionCleanup.SIGLIP.apply(caption)).isEqualTo(cleaned);
  }

  @Test
  void flipSeesThePunctuationItKeepsAndSixtyFiveWords() {
    assertThat(CaptionCleanup.FLIP.apply(" A (nice) Hat: red, isn't it?! "))
        .isEqualTo("a nice hat red, isn't it?");
    assertThat(CaptionCleanup.FLIP.apply("w ".repeat(70))).isEqualTo("w ".repeat(65).strip());
    assertThat(CaptionCleanup.FLIP.apply("w ".repeat(65))).isEqualTo("w ".repeat(65).strip());
    assertThat(CaptionCleanup.FLIP.apply("...")).isEmpty();
  }

  @Test
  void lowerCaseIsAllThatSiglip2Wants() {
    assertThat(CaptionCleanup.LOWER.apply("A  Hat.")).isEqualTo("a  hat.");
  }

  @Test
  void noneLeavesACaptionAsItIs() {
    assertThat(CaptionCleanup.NONE.apply(" A &amp; B\u0000 ")).isEqualTo(" A &amp; B\u0000 ");
  }

  @Test
  void halfASurrogatePairAndAnEndlessCaptionAreHarmless() {
    for (CaptionCleanup cleanup : CaptionCleanup.values()) {
      assertThat(cleanup.apply("x\uD83D y\uDE00 \uD83D\uDE00"))
          .as(cleanup.label())
          .isEqualTo("x\uFFFD y\uFFFD \uD83D\uDE00");
    }
    String endless = "x" + "\uD83D\uDE00".repeat(CaptionCleanup.MAX_LENGTH);
    assertThat(CaptionCleanup.NONE.apply(endless))
        .hasSize(CaptionCleanup.MAX_LENGTH - 1)
        .endsWith("\uD83D\uDE00");
  }

  @Test
  void nothingThatCaptionsHoldMakesACleanUpFail() {
    List<String> parts =
        List.of(
            "&",
            "&#",
            "&#x",
            ";",
            "amp",
            "&notit",
            "&#xD800;",
            "&#1114112;",
            "&Afr;",
            "<",
            "\u001B[",
            "1m",
            "\u0085",
            "\uD800",
            "\uDFFF",
            "ﬅ",
            "ﬁ",
            "Ａ",
            "\u2019",
            "\u200B",
            "\uFFFC",
            " ",
            "\n",
            "$1",
            "\\",
            "İ",
            "e\u0301",
            "word");
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder caption = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        caption.append(parts.get(random.nextInt(parts.size())));
      }
      for (CaptionCleanup cleanup : CaptionCleanup.values()) {
        String cleaned = cleanup.apply(caption.toString());
        assertThat(cleaned.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
      }
    }
  }
}
