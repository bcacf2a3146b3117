package dev.facet.loader.storage;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what a failing machine refused: a few times, waiting twice as long before each. A
 * limit of open files may be reached for a moment only, and network folders come back.
 */
public final class Patience {
  /** Something that reads, to be done as often as it takes. */
  public interface Reading<T extends @Nullable Object, X extends Exception> {
    T read() throws StorageException, X;
  }

  /** How to wait. */
  public interface Pause {
    /** Sleeps; false if nobody wants the result any more. */
    boolean of(long nanos);
  }

  private static final int TRIES = 6;
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  static {
    // Where no file can be opened, no class can be loaded: what tells of it is loaded before.
    StorageException _ = StorageException.of(Path.of(""), new IOException(""));
  }

  private final Pause pause;

  public Patience(Pause pause) {
    this.pause = pause;
  }

  /** Waits by sleeping, until the thread is interrupted. */
  public static Patience sleeping() {
    return new Patience(
        nanos -> {
          try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });
  }

  /**
   * Reads, as often as it takes.
   *
   * @throws FacetException if the machine fails for good
   * @throws X if something else is to blame
   */
  public <T extends @Nullable Object, X extends Exception> T read(Reading<T, X> reading) throws X {
    try {
      return reading.read();
    } catch (StorageException e) {
      return again(e, reading);
    }
  }

  /**
   * {@link #read}, after a first try that failed. Readers that must not make an object per row try
   * themselves first.
   */
  public <T extends @Nullable Object, X extends Exception> T again(
      StorageException first, Reading<T, X> reading) throws X {
    StorageException last = first;
    long wait = FIRST_NANOS;
    for (int tried = 1; tried < TRIES; tried++, wait *= 2) {
      if (!pause.of(wait)) {
        throw FacetException.run(String.valueOf(last.getMessage()), last);
      }
      try {
        return reading.read();
      } catch (StorageException e) {
        last = e;
      }
    }
    double waited = ((1 << (TRIES - 1)) - 1) * FIRST_NANOS / 1e9;
    throw FacetException.run(
        String.format(
            Locale.ROOT,
            "%s (tried %d times in %.1f s). No row is given up for that: start again when it is"
                + " mended",
            last.getMessage(),
            TRIES,
            waited),
        last);
  }
}
