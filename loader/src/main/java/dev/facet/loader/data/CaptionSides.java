package dev.facet.loader.data;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Captions that speak of a side, which a mirrored picture would make wrong. Sides are the English
 * words "left" and "right", also in compounds: left-hand, lefthanded, rightmost, leftward; in any
 * capitalisation; not as parts of other words such as "leftover", "bright" or "copyright".
 *
 * <p>What a word means is not looked at: "all right" and "has left" count as sides too. Not
 * flipping such a sample costs nothing; swapping makes its caption odd.
 */
final class CaptionSides {
  private static final byte[] LEFT = "left".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RIGHT = "right".getBytes(StandardCharsets.US_ASCII);

  /** What may follow a side within its word: hand(s, ed, er), most, side(d), ward(s), wing. */
  private static final byte[][] ENDINGS =
      bytes("hand", "hands", "handed", "hander", "most", "side", "sided", "ward", "wards", "wing");

  private static final Pattern WORD =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(left|right)"
              + "((?:hand(?:s|ed|er)?|most|sided?|wards?|wing)?)(?![A-Za-z0-9_])",
          Pattern.CASE_INSENSITIVE);

  private CaptionSides() {}

  /** Whether a caption speaks of left or right. */
  static boolean speaksOfSides(String caption) {
    return WORD.matcher(caption).find();
  }

  /** The same of UTF-8 bytes; allocates nothing. */
  static boolean speaksOfSides(byte[] utf8, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (!inWord(utf8[at])) {
        at++;
        continue;
      }
      int word = at;
      while (at < end && inWord(utf8[at])) {
        at++;
      }
      if (isSide(utf8, word, at)) {
        return true;
      }
    }
    return false;
  }

  /** The caption of the mirrored picture: left and right exchanged, capitals where they were. */
  static String swapped(String caption) {
    Matcher matcher = WORD.matcher(caption);
    StringBuilder result = new StringBuilder(caption.length() + 8);
    int done = 0;
    while (matcher.find()) {
      String side = matcher.group(1);
      result.append(caption, done, matcher.start());
      result.append(like(side, Character.toLowerCase(side.charAt(0)) == 'l' ? "right" : "left"));
      done = matcher.end(1);
    }
    return result.append(caption, done, caption.length()).toString();
  }

  /** {@code word} with the capitals of {@code model}: none, the first letter, or all. */
  private static String like(String model, String word) {
    StringBuilder result = new StringBuilder(word);
    boolean all = Character.isUpperCase(model.charAt(1));
    for (int i = 0; i < word.length(); i++) {
      if (i == 0 ? Character.isUpperCase(model.charAt(0)) : all) {
        result.setCharAt(i, Character.toUpperCase(word.charAt(i)));
      }
    }
    return result.toString();
  }

  private static boolean isSide(byte[] utf8, int from, int to) {
    int rest = from;
    if (matches(utf8, from, to, LEFT)) {
      rest += LEFT.length;
    } else if (matches(utf8, from, to, RIGHT)) {
      rest += RIGHT.length;
    } else {
      return false;
    }
    if (rest == to) {
      return true;
    }
    for (byte[] ending : ENDINGS) {
      if (to - rest == ending.length && matches(utf8, rest, to, ending)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the bytes begin like this, in any capitalisation. */
  private static boolean matches(byte[] utf8, int from, int to, byte[] lower) {
    if (to - from < lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      if ((utf8[from + i] | 0x20) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Letters, digits and the underscore of ASCII: a quotation mark or another script ends a word.
   */
  private static boolean inWord(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }

  private static byte[][] bytes(String... words) {
    byte[][] all = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      all[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return all;
  }
}
