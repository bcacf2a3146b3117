package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Format;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.ParquetFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells by what lies at a path how it is to be read. */
public final class DataLayout {
  /** After so many files without a text beside a picture there will be none. */
  private static final int FILES_LOOKED_AT = 10_000;

  private DataLayout() {}

  /**
   * The format of what lies there; where several lie together, the first in this order: shards or
   * Parquet, {@code captions.jsonl}, tars, Parquet one folder below, other JSON lines, JSON arrays,
   * CSV, pictures with texts, Parquet further below.
   *
   * @throws FacetException if nothing of the kind is there
   */
  public static Format of(Path root) {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    Format found = Files.isDirectory(root) ? ofFolder(root) : ofFile(root);
    if (found == Format.AUTO) {
      PackedTars.refuse(root);
    }
    if (found == Format.AUTO) {
      throw FacetException.usage(
          ("%s holds no data that can be read: looked for %s, *.parquet, %s, *.tar, *.jsonl,"
                  + " *.json (arrays), *.csv, *.tsv, and pictures with .txt or .json beside them")
              .formatted(root, Manifest.NAME, JsonLines.NAME));
    }
    return found;
  }

  private static Format ofFile(Path file) {
    return switch (Endings.of(String.valueOf(file.getFileName()))) {
      case "parquet" -> Format.PARQUET;
      case "jsonl" -> Format.JSONL;
      case "tar" -> Format.TAR;
      case "json" -> Format.JSON;
      case "csv", "tsv" -> Format.CSV;
      default -> Format.AUTO;
    };
  }

  private static Format ofFolder(Path root) {
    if (Files.exists(root.resolve(Manifest.NAME)) || hasParquet(root)) {
      return Format.PARQUET;
    }
    if (Files.exists(root.resolve(JsonLines.NAME))) {
      return Format.JSONL;
    }
    if (!ListFiles.find(root, "tar").isEmpty()) {
      return Format.TAR;
    }
    if (!ListFiles.find(root, "parquet").stream().allMatch(DataLayout::isCompanion)) {
      return Format.PARQUET;
    }
    if (!ListFiles.find(root, "jsonl").isEmpty()) {
      return Format.JSONL;
    }
    if (ListFiles.find(root, "json").stream().anyMatch(JsonArrays::isArray)) {
      return Format.JSON;
    }
    if (!ListFiles.find(root, "csv", "tsv").isEmpty()) {
      return Format.CSV;
    }
    if (hasSidecars(root)) {
      return Format.SIDECAR;
    }
    return ParquetFiles.find(root).isEmpty() ? Format.AUTO : Format.PARQUET;
  }

  /** Without a look into the folders in it, for these may hold millions of pictures. */
  private static boolean hasParquet(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.parquet")) {
      for (Path each : found) {
        if (!isCompanion(each)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      throw FacetException.usage("cannot list " + folder + ": " + e.getMessage());
    }
  }

  /** img2dataset keeps a Parquet file of addresses for each tar or folder of pictures. */
  private static boolean isCompanion(Path parquet) {
    String stem = Endings.stem(String.valueOf(parquet.getFileName()));
    return Files.exists(parquet.resolveSibling(stem + ".tar"))
        || Files.isDirectory(parquet.resolveSibling(stem));
  }

  private static boolean hasSidecars(Path root) {
    Search search = new Search();
    try {
      Files.walkFileTree(root, search);
    } catch (IOException e) {
      throw FacetException.usage("cannot list " + root + ": " + e.getMessage());
    }
    return search.found;
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private boolean found;
    private int files;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      if (Sidecars.isPicture(name)) {
        String stem = Endings.stem(name);
        found =
            Files.exists(file.resolveSibling(stem + ".txt"))
                || Files.exists(file.resolveSibling(stem + ".json"));
      }
      files++;
      return found || files == FILES_LOOKED_AT
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }
  }
}
