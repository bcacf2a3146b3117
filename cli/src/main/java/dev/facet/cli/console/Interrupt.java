package dev.facet.cli.console;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C (SIGINT), SIGTERM, and SIGHUP, which comes when a terminal closes. While one of these is
 * open, the first signal asks the run to save and stop, and Ctrl-C after it ends the process at
 * once; the others do not, as shells and job managers send them more than once. The exit code is
 * {@value #EXIT_CODE} either way. A signal that was ignored when the process started (SIGHUP under
 * {@code nohup}) stays ignored: the JVM sees to that.
 */
public final class Interrupt implements AutoCloseable, BooleanSupplier {
  /** What a shell reports for a process ended by Ctrl-C; here also after the other signals. */
  public static final int EXIT_CODE = 130;

  /** What a shell reports for a process ended by SIGTERM, and by SIGHUP. */
  private static final int TERMINATED = 143;

  private static final int HUNG_UP = 129;

  private final PrintWriter err;
  private final AtomicBoolean requested = new AtomicBoolean();
  private final List<Runnable> restore;

  public Interrupt(PrintWriter err) {
    this.err = err;
    this.restore =
        List.of(
            Signals.on("INT", this::ctrlC),
            Signals.on("TERM", this::raised),
            Signals.on("HUP", this::raised));
  }

  /** Ends a command that has nothing to save, from its start on; leaves nothing half-written. */
  public static void endAtOnce() {
    Signals.on("INT", () -> Ending.clean(EXIT_CODE));
    Signals.on("TERM", () -> Ending.clean(TERMINATED));
    Signals.on("HUP", () -> Ending.clean(HUNG_UP));
  }

  /** Whether the run should save and stop. */
  @Override
  public boolean getAsBoolean() {
    return requested.get();
  }

  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }

  private void ctrlC() {
    if (requested.get()) {
      // Shutdown hooks could wait for the very save that the user will not wait for.
      Ending.now(EXIT_CODE);
    }
    raised();
  }

  private void raised() {
    if (!requested.getAndSet(true)) {
      err.println();
      err.println(
          "stopping and saving, which may take a moment; press Ctrl-C again to end at once");
      err.flush();
    }
  }
}
