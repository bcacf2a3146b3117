package dev.facet.loader.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a caption into sentences. One ends behind {@code . ! ? …} with the quotes and brackets that
 * follow, where white space comes next and then no small letter; behind the full-width {@code 。 ！ ？
 * ．}, whatever comes next; and at a line break. A dot behind a common abbreviation ("Mr.", "e.g."),
 * behind a single letter ("J. Smith") or within a number ends none.
 */
final class Sentences {
  private static final String ENDS = ".!?\u2026";
  private static final String WIDE_ENDS = "\u3002\uff01\uff1f\uff0e";
  private static final String CLOSING = "\"')]}\u2019\u201d\u00bb\u300d\u300f\uff09";

  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "e.g", "i.e", "etc", "vs", "approx",
          "ca", "cf", "no", "fig", "mt");

  private Sentences() {}

  /** The sentences without white space around them, none of them empty. */
  static List<String> of(String caption) {
    List<String> sentences = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < caption.length()) {
      char c = caption.charAt(at);
      int end = at + 1;
      if (ENDS.indexOf(c) >= 0 || WIDE_ENDS.indexOf(c) >= 0) {
        end = behind(caption, end);
      }
      if (c == '\n' || WIDE_ENDS.indexOf(c) >= 0 || endsAt(caption, from, at, end)) {
        add(caption.substring(from, end), sentences);
        from = end;
      }
      at = end;
    }
    add(caption.substring(from), sentences);
    return sentences;
  }

  /** Behind further ends and what closes. */
  private static int behind(String caption, int from) {
    int end = from;
    while (end < caption.length()
        && (ENDS + WIDE_ENDS + CLOSING).indexOf(caption.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static boolean endsAt(String caption, int from, int at, int end) {
    if (ENDS.indexOf(caption.charAt(at)) < 0
        || end == caption.length()
        || !Character.isWhitespace(caption.charAt(end))) {
      return false;
    }
    int next = end;
    while (next < caption.length() && Character.isWhitespace(caption.charAt(next))) {
      next++;
    }
    if (next < caption.length() && Character.isLowerCase(caption.charAt(next))) {
      return false;
    }
    return caption.charAt(at) != '.' || !isAbbreviation(caption, from, at);
  }

  private static boolean isAbbreviation(String caption, int from, int dot) {
    int start = dot;
    while (start > from && isOfWord(caption.charAt(start - 1))) {
      start--;
    }
    String word = caption.substring(start, dot);
    return (word.length() == 1 && Character.isUpperCase(word.charAt(0)))
        || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c) || c == '.';
  }

  private static void add(String sentence, List<String> to) {
    String stripped = sentence.strip();
    if (!stripped.isEmpty()) {
      to.add(stripped);
    }
  }
}
