package dev.facet.cli.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One line made of parts, of which those that matter least are left out where there is no room for
 * all of them.
 */
final class ProgressLine {
  /** How much of the line to leave out first, from the last to go to the first. */
  enum Need {
    ALWAYS,
    TASK,
    SHARE,
    UNIT,
    RATE,
    MORE
  }

  private record Part(String before, String text, Need need) {}

  private final List<Part> parts = new ArrayList<>();

  /** Adds what stands apart from the part before it. */
  void add(String text, Need need) {
    if (!text.isEmpty()) {
      parts.add(new Part("  ", text, need));
    }
  }

  /** Adds what belongs to the part before it. */
  void append(String text, Need need) {
    parts.add(new Part(" ", text, need));
  }

  /** The line in at most so many columns: what cannot be left out is cut. */
  String within(int columns) {
    List<Part> kept = new ArrayList<>(parts);
    while (joined(kept).length() > columns) {
      Part least =
          kept.stream()
              .max(Comparator.comparing(Part::need))
              .filter(p -> p.need != Need.ALWAYS)
              .orElse(null);
      if (least == null) {
        return joined(kept).substring(0, columns);
      }
      kept.remove(least);
    }
    return joined(kept);
  }

  private static String joined(List<Part> parts) {
    StringBuilder line = new StringBuilder();
    for (Part part : parts) {
      line.append(line.isEmpty() ? "" : part.before).append(part.text);
    }
    return line.toString();
  }
}
