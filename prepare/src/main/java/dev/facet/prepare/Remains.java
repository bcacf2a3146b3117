package dev.facet.prepare;

import dev.facet.loader.index.IndexCache;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.page.PreparePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Other files in a folder of shards, and beside it, that hold what was taken down: reports, lists
 * of refused samples, sheets of pictures, vectors. What is a text is searched; what shows pictures
 * or holds vectors is named where it lies in the folder.
 */
public final class Remains {
  /**
   * A file that people have to look at.
   *
   * @param why it is named
   */
  public record File(Path path, String why) {}

  /** Folders below the one that holds the shards' folder which are looked into. */
  private static final int DEPTH = 3;

  /** Beyond this, a neighbourhood is searched no further. */
  private static final int MOST_FILES = 20_000;

  private static final long MOST_BYTES = 256L << 20;

  private static final Set<String> TEXTS =
      Set.of("html", "json", "jsonl", "csv", "tsv", "txt", "yaml", "yml", "md", "log");
  private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "webp", "gif", "pdf");
  private static final Set<String> VECTORS =
      Set.of("npy", "npz", "parquet", "bin", "pt", "safetensors", "faiss", "index");

  private static final String INDEX = ".facet-index-";

  private Remains() {}

  /** Files that are made again when they are gone: indexes, hashes, and what shows pictures. */
  static List<Path> caches(Path folder, Set<String> names) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : list(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith(INDEX) || name.equals(PreparePage.NAME)) {
        found.add(file);
      }
    }
    Needles needles = new Needles(names);
    for (Path file : list(IndexCache.cacheFolder())) {
      if (String.valueOf(file.getFileName()).startsWith("index-") && holds(file, needles)) {
        found.add(file);
      }
    }
    return found;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Files that still hold it, or may. */
  static List<File> of(Path folder, List<Manifest.ShardInfo> shards, Set<String> names)
      throws IOException {
    Path own = folder.toAbsolutePath().normalize();
    Set<Path> known = new TreeSet<>();
    shards.forEach(shard -> known.add(own.resolve(shard.name())));
    Path around = own.getParent() == null ? own : own.getParent();
    List<Path> files;
    try (Stream<Path> all = Files.find(around, DEPTH, (path, is) -> is.isRegularFile())) {
      files = all.limit(MOST_FILES).sorted().toList();
    }
    Needles needles = new Needles(names);
    List<File> left = new ArrayList<>();
    for (Path file : files) {
      if (known.contains(file) || file.startsWith(own.resolve(".prepare"))) {
        continue;
      }
      String kind = kind(file);
      if (TEXTS.contains(kind)) {
        if (holds(file, needles)) {
          left.add(new File(file, "it names what was taken down"));
        }
      } else if (file.startsWith(own) && PICTURES.contains(kind)) {
        left.add(new File(file, "it may show what was taken down"));
      } else if (file.startsWith(own) && VECTORS.contains(kind)) {
        left.add(new File(file, "it may hold vectors or copies of what was taken down"));
      }
    }
    return left;
  }

  private static boolean holds(Path file, Needles needles) throws IOException {
    return Files.size(file) <= MOST_BYTES && needles.areIn(Files.readAllBytes(file));
  }

  private static String kind(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
