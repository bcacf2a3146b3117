package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Interrupt;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one message and an exit code. */
final class Failure {
  private static final int RUN = 1;
  private static final int USAGE = 2;

  private Failure() {}

  /** Wrong arguments: one line, the nearest right ones, and where to read more. */
  static int usage(ParameterException e, PrintWriter err) {
    CommandLine command = e.getCommandLine();
    // A mistyped required option is both missing and unknown; the second tells more.
    List<String> unknown = command.getUnmatchedArguments();
    if (unknown.isEmpty()) {
      err.println("facet: " + e.getMessage());
    } else {
      err.println("facet: " + unknown(command, unknown.getFirst()));
      List<String> nearest = new UnmatchedArgumentException(command, unknown).getSuggestions();
      if (!nearest.isEmpty()) {
        err.println("Did you mean " + String.join(" or ", nearest) + "?");
      }
    }
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return USAGE;
  }

  private static String unknown(CommandLine command, String argument) {
    if (argument.startsWith("-")) {
      return "unknown option " + argument;
    }
    return command.getSubcommands().isEmpty()
        ? "unexpected argument " + argument
        : "there is no command " + argument;
  }

  /** A failed command: what the user can do about it, and with {@code debug} the stack trace. */
  static int report(Throwable thrown, PrintWriter err, boolean debug) {
    Throwable cause = unwrap(thrown);
    if (debug) {
      thrown.printStackTrace(err);
    }
    if (cause instanceof InterruptedException) {
      err.println("facet: interrupted");
      return Interrupt.EXIT_CODE;
    }
    err.println("facet: " + message(cause));
    for (Throwable further : cause.getSuppressed()) {
      // What went wrong on the way out: a state that could not be saved, for instance.
      err.println("facet: after that, " + message(unwrap(further)));
    }
    return cause instanceof FacetException facet ? facet.exitCode() : RUN;
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper =
        thrown instanceof UncheckedIOException
            || thrown instanceof ExecutionException
            || thrown instanceof CompletionException;
    return wrapper && cause != null ? unwrap(cause) : thrown;
  }

  private static String message(Throwable cause) {
    if (cause instanceof FacetException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause instanceof IOException io) {
      return input(io);
    }
    if (cause instanceof OutOfMemoryError) {
      return String.format(
          Locale.ROOT,
          "out of memory (%s; heap limit %d MiB): allow more with FACET_JAVA_OPTS=-Xmx8g, or"
              + " lower train.batch, eval.batch, data.slots or data.window",
          cause.getMessage(),
          Runtime.getRuntime().maxMemory() >> 20);
    }
    String text = String.valueOf(cause.getMessage());
    if (text.toLowerCase(Locale.ROOT).contains("out of memory")) {
      // libtorch reports a full device as an ordinary exception with several lines of statistics.
      return "the device is out of memory: lower train.batch or eval.batch, or use model.precision:"
          + " bfloat16 ("
          + text.lines().findFirst().orElse("")
          + ")";
    }
    return "internal error: %s; run again with --debug for the stack trace".formatted(cause);
  }

  private static String input(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "no such file or folder: " + missing.getFile();
    }
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    }
    if (e instanceof FileSystemException at && at.getFile() != null) {
      String reason = at.getReason() == null ? at.getClass().getSimpleName() : at.getReason();
      return at.getFile() + ": " + withCure(reason);
    }
    return withCure(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  private static String withCure(String reason) {
    return reason.contains("No space left on device")
        ? reason + "; free some, or write to another disk"
        : reason;
  }
}
