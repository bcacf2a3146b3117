package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.storage.StorageException;
import dev.facet.loader.storage.SystemError;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;

/**
 * Reads pictures through the system's {@code open}, {@code read} and {@code close}, without an
 * object per file. Memory is handed over as a plain address; the thread that owns it holds it.
 */
final class SystemFiles implements PictureFiles {
  /** The calls that reading a file takes; a test has others, that fail. */
  interface Calls {
    /** Opens a file for reading; its number, or an error number, negated. */
    int open(long path);

    /** Reads up to {@code most} bytes; how many, 0 at the end, or an error number, negated. */
    long read(int file, long into, long most);

    void close(int file);
  }

  private final PictureRoots roots;
  private final Calls calls;

  SystemFiles(PictureRoots roots, Calls calls) {
    this.roots = roots;
    this.calls = calls;
  }

  /** Whether the system's calls can be reached, and take these folders' names as UTF-8. */
  static boolean isAvailableFor(PictureRoots roots) {
    boolean utf8 =
        System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase(StandardCharsets.UTF_8.name());
    Charset ascii = StandardCharsets.US_ASCII;
    return SystemCalls.AVAILABLE
        && roots.folders().stream()
            .allMatch(
                folder ->
                    folder.getFileSystem().equals(FileSystems.getDefault())
                        && (utf8 || ascii.newEncoder().canEncode(folder.toString())));
  }

  @Override
  public int read(
      PictureFolder start, MemorySegment from, long path, int length, PictureBuffer into)
      throws BadSampleException, StorageException {
    int full = roots.resolve(start, from, path, length);
    int file = calls.open(PictureRoots.path().address());
    if (file < 0) {
      throw failure(-file, full);
    }
    try {
      int read = readAll(file, full, into);
      roots.saw(full);
      return read;
    } finally {
      calls.close(file);
    }
  }

  /** To its end, whatever size it had when it was listed. */
  private int readAll(int file, int full, PictureBuffer into)
      throws BadSampleException, StorageException {
    int got = 0;
    while (true) {
      if (got == into.capacity()) {
        into.grow(name(full));
      }
      MemorySegment memory = into.memory();
      long read = calls.read(file, memory.address() + got, into.capacity() - got);
      if (read < 0) {
        throw failure((int) -read, full);
      }
      if (read == 0) {
        return got;
      }
      got += (int) read;
    }
  }

  /** What a failed call says about this one picture; thrown if it is about all of them. */
  private BadSampleException failure(int number, int full) throws StorageException {
    String name = name(full);
    SystemError error = SystemError.of(number);
    if (error == null || !error.isOfFile()) {
      throw StorageException.of(name, number);
    }
    roots.hold(full);
    return switch (error) {
      case EACCES, EPERM -> PictureFiles.unreadable(name, "permission denied");
      case EISDIR, ENXIO -> PictureFiles.missing(name, "is not a file");
      case ELOOP -> PictureFiles.missing(name, "is a link that leads to itself");
      case ENAMETOOLONG -> PictureFiles.missing(name, "is too long a path");
      default -> PictureFiles.missing(name, "does not exist");
    };
  }

  private static String name(int full) {
    return PictureFiles.name(PictureRoots.path(), 0, full);
  }
}
