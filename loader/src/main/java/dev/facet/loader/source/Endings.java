package dev.facet.loader.source;

import java.util.Locale;
import java.util.Set;

/**
 * What the ends of file names say. Pictures that cannot be decoded are pictures too: they are
 * counted, not overlooked.
 */
final class Endings {
  private static final Set<String> PICTURES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic");

  private Endings() {}

  /** By what follows the last dot, in lower case. */
  static boolean isPicture(String ending) {
    return PICTURES.contains(ending);
  }

  /** What follows the last dot, in lower case; empty if there is none. */
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** What stands before the last dot. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
