package dev.facet.cli.preparation;

import dev.facet.cli.console.Console;
import java.util.Locale;

/** Counts, each on a line with its name. */
record CountLines(Console console) {
  void count(String name, long count) {
    console.out().printf(Locale.ROOT, "%-26s %,12d%n", name, count);
  }

  /** With its share of all. */
  void count(String name, long count, long all) {
    console.out().printf(Locale.ROOT, "%-26s %,12d %5.1f%%%n", name, count, 100.0 * count / all);
  }
}
