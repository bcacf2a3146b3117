package dev.facet.loader.files;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of pictures as lists write them. */
public final class PicturePath {
  private PicturePath() {}

  /**
   * A path with slashes only, without {@code .}, and with {@code ..} at its begin at most. Lists
   * written on Windows hold backslashes.
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
}
