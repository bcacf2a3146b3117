package dev.facet.prepare.source;

import dev.facet.base.FacetException;
import dev.facet.loader.source.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files of a table. */
final class TablePaths {
  static final String PARQUET = "parquet";

  /** {@code data/split=train/year=2024/}, and one to spare. */
  private static final int DEEPEST = 4;

  /** What lies in a folder may be a table and its copy: the first of these kinds that is there. */
  private static final List<Set<String>> KINDS =
      List.of(
          Set.of(PARQUET),
          Set.of("csv", "tsv"),
          Set.of("jsonl", "ndjson"),
          Set.of("json"),
          Set.of("txt"));

  private static final String FORMS =
      "*.parquet, *.csv, *.tsv, *.jsonl, *.ndjson, *.json (an array) or *.txt (an address per"
          + " line)";

  private TablePaths() {}

  /**
   * The files of one kind below a folder; a root that is a file is the only one.
   *
   * @param names of columns that are looked for
   * @throws FacetException if none is there
   */
  static List<Path> find(Path root, List<String> names) {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    if (!Files.isDirectory(root)) {
      refuseOther(root);
      return List.of(root);
    }
    List<Path> all = list(root);
    for (Set<String> kind : KINDS) {
      List<Path> found =
          all.stream()
              .filter(path -> kind.contains(ending(path)))
              .filter(path -> isTable(path, names))
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw FacetException.usage(
        "%s holds no table of addresses: looked for %s".formatted(root, FORMS));
  }

  /**
   * The Parquet files below a folder; a root that is a file is the only one.
   *
   * @throws FacetException if none is there
   */
  static List<Path> findParquet(Path root) {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    List<Path> found =
        Files.isDirectory(root)
            ? list(root).stream().filter(TablePaths::isParquet).toList()
            : List.of(root);
    if (found.isEmpty()) {
      throw FacetException.usage(root + " holds no *.parquet: check the path");
    }
    return found;
  }

  /** Relative to the root, with slashes. */
  static String name(Path root, Path file) {
    Path below = file.equals(root) ? file.getFileName() : root.relativize(file);
    return below.toString().replace('\\', '/');
  }

  static boolean isParquet(Path path) {
    return ending(path).equals(PARQUET);
  }

  private static List<Path> list(Path root) {
    try (Stream<Path> tree = Files.walk(root, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return tree.filter(path -> !isHidden(root, path))
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(path -> name(root, path), NumericOrder.BY_VALUE))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw FacetException.run("cannot list " + root + ": " + e.getMessage(), e);
    }
  }

  /** Caches of download programs, and what is still being written. */
  private static boolean isHidden(Path root, Path path) {
    for (Path each : root.relativize(path)) {
      String name = each.toString();
      if (name.startsWith(".") || name.startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTable(Path path, List<String> names) {
    return isParquet(path) || new TextTable(path, names).isLikely();
  }

  private static void refuseOther(Path file) {
    if (KINDS.stream().noneMatch(kind -> kind.contains(ending(file)))) {
      throw FacetException.usage(
          file + " is no table by its ending: it should be one of " + FORMS + ", unpacked");
    }
  }

  private static String ending(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
