package dev.facet.prepare.filter;

import java.lang.Character.UnicodeScript;
import org.jspecify.annotations.Nullable;

/** The rules on one caption, after its clean-up. Thread-safe. */
public final class CaptionFilter {
  private final FilterSettings settings;

  public CaptionFilter(FilterSettings settings) {
    this.settings = settings;
  }

  /**
   * Why a caption is left out.
   *
   * @return {@code caption_short}, {@code caption_long} or {@code caption_script}, or null if it is
   *     not
   */
  public @Nullable String refuses(String caption) {
    int characters = caption.codePointCount(0, caption.length());
    if (characters < settings.minCharacters()) {
      return "caption_short";
    }
    if (settings.maxCharacters() > 0 && characters > settings.maxCharacters()) {
      return "caption_long";
    }
    if (settings.minWords() > 0 || settings.maxWords() > 0) {
      int words = words(caption);
      if (words < settings.minWords()) {
        return "caption_short";
      }
      if (settings.maxWords() > 0 && words > settings.maxWords()) {
        return "caption_long";
      }
    }
    return isOfOtherScript(caption) ? "caption_script" : null;
  }

  /**
   * What stands between blanks; where words are written without, as in Chinese, every character is
   * one.
   */
  private static int words(String caption) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < caption.length(); ) {
      int letter = caption.codePointAt(i);
      i += Character.charCount(letter);
      boolean alone = standsAlone(letter);
      boolean blank = Character.isWhitespace(letter) || Character.isSpaceChar(letter);
      if (alone || (!blank && !inside)) {
        words++;
      }
      inside = !blank && !alone;
    }
    return words;
  }

  private static boolean standsAlone(int letter) {
    if (letter < 0x2E80) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(letter);
    return Script.JAPANESE.has(script);
  }

  /** By letters alone: digits, punctuation and emoji belong to every script. */
  private boolean isOfOtherScript(String caption) {
    if (settings.scripts().isEmpty()) {
      return false;
    }
    long letters = 0;
    long wanted = 0;
    for (int i = 0; i < caption.length(); ) {
      int letter = caption.codePointAt(i);
      i += Character.charCount(letter);
      if (Character.isLetter(letter)) {
        UnicodeScript script = UnicodeScript.of(letter);
        letters++;
        wanted += settings.scripts().stream().anyMatch(each -> each.has(script)) ? 1 : 0;
      }
    }
    return wanted < settings.scriptShare() * letters;
  }
}
