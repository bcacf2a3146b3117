package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.SplitName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds Parquet files as people and programs lay them down. */
public final class ParquetFiles {
  /** {@code data/split=test/year=2024/}, and one to spare. */
  private static final int DEEPEST = 4;

  /** What is no folder, without asking the disk: there may be millions. */
  private static final Set<String> FILES = Set.of("jpg", "jpeg", "png", "webp", "txt", "json");

  private ParquetFiles() {}

  /**
   * The files below a folder, sorted by path; a root that is a file is the only one. A folder that
   * has some is not searched further, except for those in it that hold a split.
   *
   * @throws FacetException if a folder cannot be listed
   */
  public static List<Path> find(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of(root);
    }
    List<Path> files = new ArrayList<>();
    try {
      collect(root, DEEPEST, files);
    } catch (IOException | DirectoryIteratorException e) {
      throw FacetException.run("cannot list " + root + ": " + e.getMessage(), e);
    }
    files.sort(null);
    return files;
  }

  private static void collect(Path folder, int deeper, List<Path> files) throws IOException {
    List<Path> others = new ArrayList<>();
    int before = files.size();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!._]*")) {
      for (Path each : found) {
        String name = String.valueOf(each.getFileName());
        if (name.endsWith(".parquet")) {
          files.add(each);
        } else if (!FILES.contains(
            name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
          others.add(each);
        }
      }
    }
    boolean some = files.size() > before;
    for (Path each : deeper > 0 ? others : List.<Path>of()) {
      boolean wanted = !some || SplitName.isOfOneSplit(String.valueOf(each.getFileName()));
      if (wanted && isFolder(each)) {
        collect(each, deeper - 1, files);
      }
    }
  }

  /**
   * Unlike {@link Files#isDirectory} this does not pass over what a failing disk cannot tell of.
   */
  private static boolean isFolder(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false; // a link that leads nowhere
    }
  }
}
