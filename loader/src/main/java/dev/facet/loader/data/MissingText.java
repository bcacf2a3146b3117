package dev.facet.loader.data;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Words that programs write where a value is missing: pandas for an empty cell, Python for None, a
 * data base for NULL. As the whole of a text they stand for none, in whatever case; within a text
 * they are words as any other.
 */
public final class MissingText {
  /** As pandas reads them; in lower case. */
  private static final byte[][] WORDS =
      Stream.of("nan", "-nan", "none", "null", "n/a", "na", "<na>", "#n/a", "#na")
          .map(word -> word.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  /** A text of more characters is none of them, blanks around it included. */
  private static final int LONGEST = 16;

  private MissingText() {}

  public static boolean is(String text) {
    byte[] bytes = text.length() > LONGEST ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    return is(bytes, 0, bytes.length);
  }

  /** The same of UTF-8. */
  static boolean is(byte[] text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && text[from] >= 0 && text[from] <= ' ') {
      from++;
    }
    while (from < to && text[to - 1] >= 0 && text[to - 1] <= ' ') {
      to--;
    }
    for (byte[] word : WORDS) {
      if (to - from == word.length && equalsLower(text, from, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equalsLower(byte[] text, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      int next = text[from + i];
      if (word[i] != (next >= 'A' && next <= 'Z' ? next + ('a' - 'A') : next)) {
        return false;
      }
    }
    return true;
  }
}
