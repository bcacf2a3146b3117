package dev.facet.prepare.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CaptionCleanerTest {
  private final CaptionCleaner cleaner = new CaptionCleaner(CaptionSettings.DEFAULT);

  @Test
  void entitiesBecomeWhatTheyStandForAlsoTwiceEscaped() {
    assertThat(cleaner.clean("A face &amp; a hat &lt;b&gt;&#39;seen&#39; &#x263A;&nbsp;&eacute;"))
        .isEqualTo("A face & a hat <b>'seen' \u263A \u00e9");
    assertThat(cleaner.clean("Tom &amp;amp; Jerry")).isEqualTo("Tom & Jerry");
    assertThat(cleaner.clean("AT&T, R&D; 3 & 4")).isEqualTo("AT&T, R&D; 3 & 4");
  }

  @Test
  void whiteSpaceOfAnyKindIsOneBlankAndControlCharactersGo() {
    assertThat(
            cleaner.clean(
                "\uFEFF A face\tseen\nfrom the front\r\nwith\u00a0odd\u200bspaces \u3000 and a"
                    + " bell\u0007.\u2029"))
        .isEqualTo("A face seen from the front with odd spaces and a bell.");
    assertThat(cleaner.clean("a\u0000b\u001b[31m soft\u00adly")).isEqualTo("ab[31m softly");
  }

  @Test
  void joinersOfEmojiAndOtherScriptsStay() {
    String text = "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83E\uDDB1 \u0645\u06CC\u200C\u062E";
    assertThat(cleaner.clean(text)).isEqualTo(text);
  }

  @Test
  void halfASurrogatePairBecomesAReplacementCharacter() {
    assertThat(cleaner.clean("a\uD83Db")).isEqualTo("a\uFFFDb");
    assertThat(new CaptionCleaner(new CaptionSettings(false, false)).clean("\uDC69 x"))
        .isEqualTo("\uFFFD x");
  }

  @Test
  void whatIsBlankIsNone() {
    for (String blank : new String[] {"", "   ", "\u00a0\u200b", "&nbsp;", "\u0007\uFEFF"}) {
      assertThat(cleaner.clean(blank)).isNull();
    }
    assertThat(cleaner.clean(null)).isNull();
  }

  @Test
  void nothingIsCutOff() {
    String word = "word ".repeat(40_000).strip();
    assertThat(cleaner.clean(word)).isEqualTo(word);
  }

  @Test
  void withoutCleanUpACaptionStaysAsItIs() {
    String text = " A  face\t&amp; hat\u0007 ";
    assertThat(new CaptionCleaner(new CaptionSettings(false, false)).clean(text)).isEqualTo(text);
  }
}
