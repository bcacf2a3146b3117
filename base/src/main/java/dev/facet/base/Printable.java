package dev.facet.base;

/**
 * Words from a stranger's file in a message of one line: a terminal obeys control characters, and
 * others turn the direction of what follows.
 */
public final class Printable {
  private static final int MAX = 200;

  private Printable() {}

  /** The same, with a question mark for what is not to be shown, and cut if it is long. */
  public static String of(String words) {
    StringBuilder shown = new StringBuilder();
    words
        .codePoints()
        .limit(MAX)
        .forEach(letter -> shown.appendCodePoint(isShown(letter) ? letter : '?'));
    return words.codePointCount(0, words.length()) > MAX ? shown + "..." : shown.toString();
  }

  private static boolean isShown(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
