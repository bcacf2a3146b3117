package dev.facet.cli;

import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Interrupt;
import dev.facet.cli.work.AllWork;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Interrupt.endAtOnce();
    int exitCode = Facet.run(Console.system(), new AllWork(), arguments);
    // Engines leave threads behind that are no reason to stay.
    System.exit(exitCode);
  }
}
