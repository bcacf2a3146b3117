package dev.facet.prepare.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptionFilterTest {
  @Test
  void nothingIsRefusedByDefault() {
    CaptionFilter filter = new CaptionFilter(FilterSettings.DEFAULT);
    assertThat(filter.refuses("x")).isNull();
    assertThat(filter.refuses("\u4e00 ".repeat(100_000))).isNull();
  }

  @Test
  void lengthsAreCountedInWordsAndCharacters() {
    CaptionFilter words = new CaptionFilter(settings(3, 5, 0, 0, List.of()));
    assertThat(words.refuses("two words")).isEqualTo("caption_short");
    assertThat(words.refuses("three whole words")).isNull();
    assertThat(words.refuses("one two three four five six")).isEqualTo("caption_long");
    CaptionFilter characters = new CaptionFilter(settings(0, 0, 3, 5, List.of()));
    assertThat(characters.refuses("\uD83D\uDE00\uD83D\uDE00")).isEqualTo("caption_short");
    assertThat(characters.refuses("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00")).isNull();
    assertThat(characters.refuses("123456")).isEqualTo("caption_long");
  }

  @Test
  void aCharacterIsAWordWhereWordsHaveNoBlanks() {
    CaptionFilter filter = new CaptionFilter(settings(4, 6, 0, 0, List.of()));
    assertThat(filter.refuses("\u4e00\u5f20\u4eba\u8138")).isNull();
    assertThat(filter.refuses("\u4e00\u5f20\u4eba")).isEqualTo("caption_short");
    assertThat(filter.refuses("\u4e00\u5f20 red hat \u4eba\u8138")).isNull();
  }

  @Test
  void aScriptIsJudgedByTheShareOfItsLetters() {
    CaptionFilter latin = new CaptionFilter(settings(0, 0, 0, 0, List.of(Script.LATIN)));
    assertThat(latin.refuses("A face, 100 % caf\u00e9 \uD83D\uDE00")).isNull();
    assertThat(latin.refuses("123 !")).isNull();
    assertThat(latin.refuses("\u0424\u043e\u0442\u043e")).isEqualTo("caption_script");
    assertThat(latin.refuses("abcdefghi\u0424")).isNull();
    assertThat(latin.refuses("abcdefgh\u0424")).isEqualTo("caption_script");
    CaptionFilter both =
        new CaptionFilter(settings(0, 0, 0, 0, List.of(Script.LATIN, Script.JAPANESE)));
    assertThat(both.refuses("face \u9854\u306e\u5199\u771f")).isNull();
  }

  private static FilterSettings settings(
      int minWords, int maxWords, int minCharacters, int maxCharacters, List<Script> scripts) {
    return new FilterSettings(
        0,
        0,
        0,
        false,
        minWords,
        maxWords,
        minCharacters,
        maxCharacters,
        scripts,
        0.9,
        0,
        0,
        -1,
        null);
  }
}
