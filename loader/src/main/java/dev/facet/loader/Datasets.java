package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.source.FolderDataset;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens data by what lies at a path. */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens one split of a folder of shards ({@code manifest.json}, or {@code *.parquet} alone), of a
   * picture folder with {@code captions.jsonl}, or of a single Parquet file. Where several of these
   * lie together, the first one named here is taken.
   *
   * @throws FacetException if nothing of the kind is there, or nothing in this split
   */
  public static Dataset open(Path root, String split) {
    if (!Files.exists(root)) {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    if (Files.isRegularFile(root) && root.toString().endsWith(".parquet")) {
      return ShardDataset.open(root, split);
    }
    if (Files.isDirectory(root)) {
      if (Files.exists(root.resolve(Manifest.NAME)) || hasParquet(root)) {
        return ShardDataset.open(root, split);
      }
      if (Files.exists(root.resolve(FolderDataset.INDEX))) {
        return FolderDataset.open(root, split);
      }
    }
    throw FacetException.usage(
        ("%s holds no data that can be read: looked for %s, *.parquet and %s; "
                + "other layouts are turned into shards by `facet prepare`")
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
