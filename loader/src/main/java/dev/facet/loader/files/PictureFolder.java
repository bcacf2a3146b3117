package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import java.io.File;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A folder at which paths of pictures start, or which none may leave. Paths are put together and
 * compared as bytes, as this is done once for every picture.
 */
public final class PictureFolder {
  /** Longest path tried; Linux knows 4096 bytes, macOS 1024. */
  static final int LONGEST = 4096;

  private static final MemorySegment SLASH = MemorySegment.ofArray(new byte[] {'/'});

  private final Path path;

  /** UTF-8 of the absolute path, without a slash at its end. */
  private final MemorySegment name;

  private PictureFolder(Path path) {
    this.path = path;
    String text = path.toString().replace(File.separatorChar, '/');
    String plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.name = MemorySegment.ofArray(plain.getBytes(StandardCharsets.UTF_8));
  }

  public static PictureFolder of(Path folder) {
    return new PictureFolder(folder.toAbsolutePath().normalize());
  }

  Path path() {
    return path;
  }

  /** Bytes of its own path. */
  int length() {
    return (int) name.byteSize();
  }

  /**
   * Puts together the absolute path that a list's path stands for: without {@code .} and {@code
   * ..}, and with a zero byte after its end.
   *
   * @param into room for {@link #LONGEST} bytes and one
   * @return its length
   * @throws BadSampleException if that is no path of this system
   */
  int resolve(MemorySegment from, long offset, int length, MemorySegment into)
      throws BadSampleException {
    int end = 0;
    if (length == 0 || !isSlash(at(from, offset))) {
      end = add(name, 0, length(), into, 0, from, offset, length);
    }
    int begin = 0;
    for (int i = 0; i <= length; i++) {
      byte next = i < length ? at(from, offset + i) : (byte) '/';
      if (next == 0) {
        throw PictureFiles.missing(PictureFiles.name(from, offset, length), "is no path");
      }
      if (next == ':' && i == 1) { // C:
        throw new BadSampleException(
            Reason.OUTSIDE,
            PictureFiles.name(from, offset, length)
                + " names a drive of another system: write paths relative to data.image_root");
      }
      if (isSlash(next)) {
        int part = i - begin;
        boolean dot = part > 0 && at(from, offset + begin) == '.';
        if (part == 2 && dot && at(from, offset + begin + 1) == '.') {
          end = parent(into, end);
        } else if (part > 0 && !(part == 1 && dot)) {
          end = add(SLASH, 0, 1, into, end, from, offset, length);
          end = add(from, offset + begin, part, into, end, from, offset, length);
        }
        begin = i + 1;
      }
    }
    into.set(ValueLayout.JAVA_BYTE, end, (byte) 0);
    return end;
  }

  /** Whether an absolute path that was {@linkplain #resolve put together} leads below. */
  boolean holds(MemorySegment full, int length) {
    int own = length();
    return length > own
        && at(full, own) == '/'
        && MemorySegment.mismatch(name, 0, own, full, 0, own) < 0;
  }

  /** Adds bytes; {@code from} and what follows name the list's path for the message. */
  private static int add(
      MemorySegment bytes,
      long begin,
      int count,
      MemorySegment into,
      int end,
      MemorySegment from,
      long offset,
      int length)
      throws BadSampleException {
    if (end + count > LONGEST) {
      throw PictureFiles.missing(PictureFiles.name(from, offset, length), "is too long a path");
    }
    MemorySegment.copy(bytes, begin, into, end, count);
    return end + count;
  }

  private static int parent(MemorySegment full, int end) {
    int at = Math.max(0, end - 1);
    while (at > 0 && at(full, at) != '/') {
      at--;
    }
    return at;
  }

  /** Lists written on Windows hold backslashes. */
  private static boolean isSlash(byte character) {
    return character == '/' || character == '\\';
  }

  private static byte at(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_BYTE, offset);
  }
}
