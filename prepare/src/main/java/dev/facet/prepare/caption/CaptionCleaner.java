package dev.facet.prepare.caption;

import dev.facet.base.HtmlEntities;
import org.jspecify.annotations.Nullable;

/**
 * Makes captions readable: HTML's entities become what they stand for, control characters and
 * letters of no width go, white space of any kind becomes single blanks, half a surrogate pair,
 * which no file format holds, becomes U+FFFD. Nothing is cut off. Thread-safe.
 */
public final class CaptionCleaner {
  /** Texts of web pages are often escaped twice; CLIP's clean-up undoes it as often. */
  private static final int ROUNDS = 2;

  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int WORD_JOINER = 0x2060;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int SOFT_HYPHEN = 0xAD;
  private static final int REPLACEMENT = 0xFFFD;

  private final CaptionSettings settings;

  public CaptionCleaner(CaptionSettings settings) {
    this.settings = settings;
  }

  /**
   * A caption as it is stored.
   *
   * @return null if nothing is left: it is none
   */
  public @Nullable String clean(@Nullable String caption) {
    if (caption == null) {
      return null;
    }
    String text = caption;
    for (int i = 0; settings.entities() && i < ROUNDS && text.indexOf('&') >= 0; i++) {
      text = HtmlEntities.unescape(text);
    }
    text = tidied(text, settings.spaces());
    return isBlank(text) ? null : text;
  }

  private static String tidied(String text, boolean spaces) {
    StringBuilder tidy = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      if (spaces && isSpace(letter)) {
        gap = true;
      } else if (!spaces || isSeen(letter)) {
        if (gap && !tidy.isEmpty()) {
          tidy.append(' ');
        }
        gap = false;
        boolean half = Character.getType(letter) == Character.SURROGATE;
        tidy.appendCodePoint(half ? REPLACEMENT : letter);
      }
    }
    return tidy.toString();
  }

  private static boolean isBlank(String text) {
    return text.codePoints().allMatch(letter -> isSpace(letter) || !isSeen(letter));
  }

  /** Tab, line break and the like, all of Unicode's spaces, and the space of no width. */
  private static boolean isSpace(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || letter == 0x85
        || letter == ZERO_WIDTH_SPACE;
  }

  /** Joiners and marks of direction stay: emoji, Persian and Hindi need them. */
  private static boolean isSeen(int letter) {
    return Character.getType(letter) != Character.CONTROL
        && letter != WORD_JOINER
        && letter != BYTE_ORDER_MARK
        && letter != SOFT_HYPHEN;
  }
}
