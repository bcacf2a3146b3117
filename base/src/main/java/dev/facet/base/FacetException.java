package dev.facet.base;

import org.jspecify.annotations.Nullable;

/**
 * A failure a user can cause and cure. Its message names the thing, the value and the cure, and is
 * all that the command line prints; the stack trace is shown under {@code --debug} only.
 */
public final class FacetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong decides the exit code. */
  public enum Kind {
    /** The run started and failed: exit code 1. */
    RUN(1),
    /** Wrong arguments or config; nothing was touched: exit code 2. */
    USAGE(2);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;

  private FacetException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Wrong arguments or config. */
  public static FacetException usage(String message) {
    return new FacetException(Kind.USAGE, message, null);
  }

  /** A run that cannot go on. */
  public static FacetException run(String message) {
    return new FacetException(Kind.RUN, message, null);
  }

  /** A run that cannot go on, with what made it stop. */
  public static FacetException run(String message, @Nullable Throwable cause) {
    return new FacetException(Kind.RUN, message, cause);
  }

  /** A failure of the same kind, in other words. */
  public FacetException saying(String message) {
    return new FacetException(kind, message, this);
  }

  /** The process exit code: 1 for a failed run, 2 for wrong arguments or config. */
  public int exitCode() {
    return kind.exitCode;
  }
}
