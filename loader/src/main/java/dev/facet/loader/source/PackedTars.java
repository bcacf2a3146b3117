package dev.facet.loader.source;

import dev.facet.base.FacetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tars that were packed as a whole, as {@code tar czf} does. Nothing in them lies at a place of its
 * own, so no row could be read without all before it.
 */
final class PackedTars {
  /** What unpacks them, by the ends of their names. */
  private static final Map<String, String> UNPACKED_BY =
      Map.of(
          ".tar.gz", "gunzip",
          ".tgz", "gunzip",
          ".tar.bz2", "bunzip2",
          ".tbz2", "bunzip2",
          ".tar.xz", "unxz",
          ".txz", "unxz",
          ".tar.zst", "zstd -d",
          ".tzst", "zstd -d",
          ".tar.lz4", "lz4 -d");

  private static final String[] ENDINGS = {
    "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "tzst", "lz4"
  };

  private PackedTars() {}

  /** Those at a path, in any order, whose unpacked form does not lie beside them. */
  static List<Path> find(Path root) {
    return ListFiles.find(root, ENDINGS).stream()
        .filter(file -> !ending(file).isEmpty())
        .filter(file -> !Files.exists(unpacked(file)))
        .sorted()
        .toList();
  }

  /**
   * Refuses a root with packed tars.
   *
   * @throws FacetException with the command that unpacks them
   */
  static void refuse(Path root) {
    List<Path> packed = find(root);
    if (!packed.isEmpty()) {
      Path first = packed.getFirst();
      throw FacetException.usage(
          ("%s%s is a compressed tar, in which no picture can be read without unpacking all before"
                  + " it: unpack it once, with `%s %s` (pictures hardly get larger), or move it"
                  + " away")
              .formatted(
                  first,
                  packed.size() == 1 ? "" : " (and " + (packed.size() - 1) + " more)",
                  UNPACKED_BY.get(ending(first)),
                  first));
    }
  }

  private static Path unpacked(Path packed) {
    String name = String.valueOf(packed.getFileName());
    return packed.resolveSibling(
        name.substring(0, name.length() - ending(packed).length()) + ".tar");
  }

  /** The end of its name that says what it is packed with; empty if none does. */
  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return UNPACKED_BY.keySet().stream().filter(name::endsWith).findFirst().orElse("");
  }
}
