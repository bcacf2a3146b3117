package dev.facet.loader.source;

import dev.facet.loader.BadSampleException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Reads pictures through the system's {@code open}, {@code read} and {@code close}, without an
 * object per file. Memory is handed over as a plain address; the thread that owns it holds it.
 */
final class SystemFiles implements PictureFiles {
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int EISDIR = 21;
  private static final int EMFILE = 24;

  /** Longest path tried; Linux knows 4096 bytes, macOS 1024. */
  private static final int LONGEST = 4096;

  /** Room for the path of the file a thread is opening. */
  private static final ThreadLocal<MemorySegment> PATH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(LONGEST + 1));

  /** Of the folder, a slash at the end. */
  private final MemorySegment prefix;

  SystemFiles(Path root) {
    String text = root.toString();
    byte[] bytes = (text.endsWith("/") ? text : text + "/").getBytes(StandardCharsets.UTF_8);
    prefix = MemorySegment.ofArray(bytes);
  }

  /** Whether the system's calls can be reached, and take this folder's name as UTF-8. */
  static boolean isAvailableFor(Path root) {
    boolean utf8 =
        System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase(StandardCharsets.UTF_8.name());
    Charset ascii = StandardCharsets.US_ASCII;
    return root.getFileSystem().equals(FileSystems.getDefault())
        && (utf8 || ascii.newEncoder().canEncode(root.toString()))
        && SystemCalls.AVAILABLE;
  }

  @Override
  public int read(MemorySegment from, long path, int length, PictureBuffer into)
      throws BadSampleException {
    int start = (int) prefix.byteSize();
    if (start + length > LONGEST) {
      throw PictureFiles.missing(PictureFiles.name(from, path, length), "is too long a path");
    }
    MemorySegment full = PATH.get();
    MemorySegment.copy(prefix, 0, full, 0, start);
    MemorySegment.copy(from, path, full, start, length);
    full.set(ValueLayout.JAVA_BYTE, start + length, (byte) 0);
    int file = SystemCalls.open(full.address());
    if (file < 0) {
      throw failure(-file, PictureFiles.name(from, path, length));
    }
    try {
      return readAll(file, from, path, length, into);
    } finally {
      SystemCalls.close(file);
    }
  }

  /** To its end, whatever size it had when it was listed. */
  private static int readAll(
      int file, MemorySegment from, long path, int length, PictureBuffer into)
      throws BadSampleException {
    int got = 0;
    while (true) {
      if (got == into.capacity()) {
        into.grow(PictureFiles.name(from, path, length));
      }
      MemorySegment memory = into.memory();
      long read = SystemCalls.read(file, memory.address() + got, into.capacity() - got);
      if (read < 0) {
        throw failure((int) -read, PictureFiles.name(from, path, length));
      }
      if (read == 0) {
        return got;
      }
      got += (int) read;
    }
  }

  private static BadSampleException failure(int error, String name) {
    return switch (error) {
      case ENOENT, ENOTDIR -> PictureFiles.missing(name, "does not exist");
      case EISDIR -> PictureFiles.missing(name, "is not a file");
      case EACCES -> PictureFiles.unreadable(name, "permission denied");
      case EMFILE -> PictureFiles.unreadable(name, "too many open files; raise ulimit -n");
      default -> PictureFiles.unreadable(name, "system error " + error);
    };
  }
}
