package dev.facet.cli.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the two output streams are connected to. Java cannot tell them apart, so the launcher looks
 * and hands the answer over in system properties.
 *
 * @param outIsTerminal whether standard output is seen by a person
 * @param errIsTerminal whether standard error is: only then are lines rewritten in place
 * @param colours whether help may be coloured
 * @param width columns for help and progress lines
 */
public record Terminal(boolean outIsTerminal, boolean errIsTerminal, boolean colours, int width) {
  private static final int NARROWEST = 40;
  private static final int WIDEST = 120;
  private static final int USUAL = 80;

  /** No terminal at all: a log file, a test. */
  public static final Terminal NONE = new Terminal(false, false, false, USUAL);

  /** This process's terminal, as the launcher and the environment describe it. */
  public static Terminal detect() {
    return detect(
        System.getProperty("facet.terminal", ""),
        System.getProperty("facet.columns"),
        System.getenv());
  }

  /**
   * @param streams which streams are terminals: "out", "err", both with a comma, or none
   * @param columns width that the launcher measured, if it could
   */
  static Terminal detect(
      String streams, @Nullable String columns, Map<String, String> environment) {
    boolean out = streams.contains("out");
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    String width = environment.getOrDefault("COLUMNS", columns == null ? "" : columns);
    return new Terminal(out, streams.contains("err"), out && !plain, width(width));
  }

  private static int width(String columns) {
    try {
      return Math.clamp(Integer.parseInt(columns.strip()), NARROWEST, WIDEST);
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }
}
