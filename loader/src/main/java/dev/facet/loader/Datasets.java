package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.source.FolderDataset;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** Opens data by what lies at a path. */
public final class Datasets {
  private Datasets() {}

  private enum Layout {
    SHARDS,
    FOLDER
  }

  /**
   * Opens one split of a folder of shards ({@code manifest.json}, or {@code *.parquet} alone), of a
   * picture folder with {@code captions.jsonl}, or of a single Parquet file. Where several of these
   * lie together, the first one named here is taken.
   *
   * @throws FacetException if nothing of the kind is there, or nothing in this split
   */
  public static Dataset open(Path root, String split) {
    return switch (layout(root)) {
      case SHARDS -> ShardDataset.open(root, split);
      case FOLDER -> FolderDataset.open(root, split);
    };
  }

  /** The splits of what lies at a path, and the rows of each, unusable ones included. */
  public static SortedMap<String, Long> splits(Path root) {
    return switch (layout(root)) {
      case SHARDS -> ShardDataset.splits(root);
      case FOLDER -> FolderDataset.splits(root);
    };
  }

  private static Layout layout(Path root) {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    if (Files.isRegularFile(root) && root.toString().endsWith(".parquet")) {
      return Layout.SHARDS;
    }
    if (Files.isDirectory(root)) {
      if (Files.exists(root.resolve(Manifest.NAME)) || hasParquet(root)) {
        return Layout.SHARDS;
      }
      if (Files.exists(root.resolve(FolderDataset.INDEX))) {
        return Layout.FOLDER;
      }
    }
    throw FacetException.usage(
        "%s holds no data that can be read: looked for %s, *.parquet and %s"
            .formatted(root, Manifest.NAME, FolderDataset.INDEX));
  }

  private static boolean hasParquet(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.parquet")) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      throw FacetException.usage("cannot list " + folder + ": " + e.getMessage());
    }
  }
}
