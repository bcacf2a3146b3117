package dev.facet.loader.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of pictures as lists write them: nobody can be trusted to stay within the image root. */
public final class PicturePath {
  private PicturePath() {}

  /**
   * A path with slashes only, without {@code .}, and without {@code ..} where it stays within the
   * root. Lists written on Windows hold backslashes.
   */
  public static String tidy(String path) {
    String slashes = path.replace('\\', '/');
    Deque<String> parts = new ArrayDeque<>();
    for (String part : slashes.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return (slashes.startsWith("/") ? "/" : "") + String.join("/", parts);
  }

  /**
   * Whether a tidy path, as UTF-8, stays below the folder it is resolved against. Asked again at
   * every read, as an index file may have come along with the data.
   */
  public static boolean staysInside(MemorySegment from, long offset, int length) {
    if (length == 0 || at(from, offset) == '/') {
      return false;
    }
    if (length > 1 && at(from, offset + 1) == ':') {
      return false; // C:
    }
    int begin = 0;
    for (int i = 0; i <= length; i++) {
      byte next = i < length ? at(from, offset + i) : (byte) '/';
      if (next == 0 || next == '\\') {
        return false;
      }
      if (next == '/') {
        if (i - begin == 2
            && at(from, offset + begin) == '.'
            && at(from, offset + begin + 1) == '.') {
          return false;
        }
        begin = i + 1;
      }
    }
    return true;
  }

  private static byte at(MemorySegment from, long offset) {
    return from.get(ValueLayout.JAVA_BYTE, offset);
  }
}
