package dev.facet.cli.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, everything about the run itself to {@code err}.
 */
public record Console(PrintWriter out, PrintWriter err, Terminal terminal) {

  /** The process's own streams. */
  public static Console system() {
    return new Console(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        Terminal.detect());
  }

  /**
   * A progress line on {@code err}.
   *
   * @param task what is being done: "training"
   * @param unit what is counted, in the plural: "pictures"
   * @param total how many there will be, or 0 if nobody knows
   */
  public Progress progress(String task, String unit, long total) {
    return new Progress(err, terminal, task, unit, total, System::nanoTime);
  }
}
