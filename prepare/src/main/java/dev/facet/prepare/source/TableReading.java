package dev.facet.prepare.source;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** Tells apart why reading a table ends: the file, the sink, or somebody who wants it to. */
final class TableReading {
  /** Something that reads a file. */
  interface Reading {
    void run() throws IOException;
  }

  /** Something that hands a row on. */
  interface Giving {
    void run() throws IOException, InterruptedException;
  }

  private TableReading() {}

  /**
   * Reads.
   *
   * @throws FacetException if the file cannot be read
   * @throws IOException from what rows are {@linkplain #give given} to
   */
  static void run(Path path, Reading reading) throws IOException, InterruptedException {
    try {
      reading.run();
    } catch (SinkException e) {
      throw e.reason;
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      Thread.interrupted(); // whoever catches the exception knows
      InterruptedException told = new InterruptedException("interrupted while reading a table");
      told.initCause(e);
      throw told;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Hands on, within {@link #run}. */
  static void give(Giving giving) throws IOException {
    try {
      giving.run();
    } catch (IOException e) {
      throw new SinkException(e);
    } catch (InterruptedException e) {
      InterruptedIOException told = new InterruptedIOException();
      told.initCause(e);
      throw told;
    }
  }

  /** Ends, within {@link #run}, when the thread is interrupted. */
  static void checkInterrupt() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
  }

  static FacetException unreadable(Path path, IOException e) {
    return FacetException.run("cannot read " + path + ": " + e.getMessage(), e);
  }

  private static final class SinkException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException reason;

    SinkException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
