package dev.facet.loader.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the ends of file names say. Pictures that cannot be decoded are pictures too: they are
 * counted, not overlooked.
 */
public final class Endings {
  private static final Set<String> PICTURES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic");

  /** Those that most pictures have. */
  private static final List<String> USUAL = List.of("jpg", "png", "jpeg", "webp");

  private Endings() {}

  /** Whether a picture of the usual kinds lies beside a file and has its name up to the dot. */
  public static boolean isBesidePicture(Path file) {
    String stem = stem(String.valueOf(file.getFileName()));
    return USUAL.stream()
        .anyMatch(ending -> Files.exists(file.resolveSibling(stem + "." + ending)));
  }

  /** By what follows the last dot, in lower case. */
  public static boolean isPicture(String ending) {
    return PICTURES.contains(ending);
  }

  /** What follows the last dot, in lower case; empty if there is none. */
  public static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** What stands before the last dot. */
  public static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
