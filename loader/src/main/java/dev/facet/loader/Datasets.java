package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.source.DataLayout;
import dev.facet.loader.source.IndexedDataset;
import java.nio.file.Path;
import java.util.SortedMap;

/** Opens data of any format. */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens one split of whatever lies at a path, under the usual names.
   *
   * @throws FacetException if nothing that can be read is there, or nothing in this split
   */
  public static Dataset open(Path root, String split) {
    return open(DataSource.of(root), split);
  }

  /**
   * Opens one split of a data set.
   *
   * @throws FacetException if it is not there, cannot be understood, or has nothing in this split
   */
  public static Dataset open(DataSource source, String split) {
    Format format = format(source);
    return format == Format.PARQUET
        ? ShardDataset.open(source.root(), split)
        : IndexedDataset.open(source, format, split);
  }

  /** The splits of what lies at a path, and the rows of each, unusable ones included. */
  public static SortedMap<String, Long> splits(Path root) {
    return splits(DataSource.of(root));
  }

  /** The splits of a data set, and the rows of each, unusable ones included. */
  public static SortedMap<String, Long> splits(DataSource source) {
    Format format = format(source);
    return format == Format.PARQUET
        ? ShardDataset.splits(source.root())
        : IndexedDataset.splits(source, format);
  }

  private static Format format(DataSource source) {
    return source.format() == Format.AUTO ? DataLayout.of(source.root()) : source.format();
  }
}
