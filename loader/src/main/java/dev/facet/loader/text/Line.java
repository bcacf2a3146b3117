package dev.facet.loader.text;

import org.jspecify.annotations.Nullable;

/**
 * One line of a list.
 *
 * @param number from 1, as an editor counts
 * @param text without its line feed; null if it has none that can be read
 * @param problem why there is no text, to follow "the line"; null if there is
 */
public record Line(long number, @Nullable String text, @Nullable String problem) {
  static Line of(long number, String text) {
    return new Line(number, text, null);
  }

  static Line broken(long number, String problem) {
    return new Line(number, null, problem);
  }

  public boolean isBlank() {
    return text != null && text.isBlank();
  }
}
