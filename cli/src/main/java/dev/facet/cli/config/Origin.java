package dev.facet.cli.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where a setting was written.
 *
 * @param line sorts problems: from 1 in a file; options follow every line
 */
record Origin(String text, int line) {
  private static final int AFTER_EVERY_LINE = Integer.MAX_VALUE;

  /** A place in a file, or the file as a whole where the parser knows no more. */
  static Origin in(String source, Optional<Mark> mark) {
    return mark.map(
            at ->
                new Origin(
                    source + ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1),
                    at.getLine() + 1))
        .orElse(new Origin(source, 0));
  }

  static Origin option(String text) {
    return new Origin(text, AFTER_EVERY_LINE);
  }
}
