package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.StorageException;
import dev.facet.loader.storage.SystemError;
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
  /** Longest path tried; Linux knows 4096 bytes, macOS 1024. */
  private static final int LONGEST = 4096;

  /** Room for the path of the file a thread is opening. */
  private static final ThreadLocal<MemorySegment> PATH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(LONGEST + 1));

  /** The calls that reading a file takes; a test has others, that fail. */
  interface Calls {
    /** Opens a file for reading; its number, or an error number, negated. */
    int open(long path);

    /** Reads up to {@code most} bytes; how many, 0 at the end, or an error number, negated. */
    long read(int file, long into, long most);

    void close(int file);
  }

  private final Path root;
  private final Calls calls;
  private final Anchor anchor;
  private final SeenFolders seen = new SeenFolders();

  /** Of the folder, a slash at the end. */
  private final MemorySegment prefix;

  SystemFiles(Path root, Calls calls) {
    this.root = root;
    this.calls = calls;
    this.anchor = Anchor.at(root);
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
      throws BadSampleException, StorageException {
    int start = (int) prefix.byteSize();
    if (start + length > LONGEST) {
      throw PictureFiles.missing(PictureFiles.name(from, path, length), "is too long a path");
    }
    MemorySegment full = PATH.get();
    MemorySegment.copy(prefix, 0, full, 0, start);
    MemorySegment.copy(from, path, full, start, length);
    full.set(ValueLayout.JAVA_BYTE, start + length, (byte) 0);
    int file = calls.open(full.address());
    if (file < 0) {
      throw failure(-file, from, path, length);
    }
    try {
      int read = readAll(file, from, path, length, into);
      seen.add(from, path, length);
      return read;
    } finally {
      calls.close(file);
    }
  }

  /** To its end, whatever size it had when it was listed. */
  private int readAll(int file, MemorySegment from, long path, int length, PictureBuffer into)
      throws BadSampleException, StorageException {
    int got = 0;
    while (true) {
      if (got == into.capacity()) {
        into.grow(PictureFiles.name(from, path, length));
      }
      MemorySegment memory = into.memory();
      long read = calls.read(file, memory.address() + got, into.capacity() - got);
      if (read < 0) {
        throw failure((int) -read, from, path, length);
      }
      if (read == 0) {
        return got;
      }
      got += (int) read;
    }
  }

  /** What a failed call says about this one picture; thrown if it is about all of them. */
  private BadSampleException failure(int number, MemorySegment from, long path, int length)
      throws StorageException {
    String name = PictureFiles.name(from, path, length);
    SystemError error = SystemError.of(number);
    if (error == null || !error.isOfFile()) {
      throw StorageException.of(root + "/" + name, number);
    }
    seen.hold(anchor, root, from, path, length);
    return switch (error) {
      case EACCES, EPERM -> PictureFiles.unreadable(name, "permission denied");
      case EISDIR, ENXIO -> PictureFiles.missing(name, "is not a file");
      case ELOOP -> PictureFiles.missing(name, "is a link that leads to itself");
      case ENAMETOOLONG -> PictureFiles.missing(name, "is too long a path");
      default -> PictureFiles.missing(name, "does not exist");
    };
  }
}
