package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.source.DataLayout;
import dev.facet.loader.source.IndexedDataset;
import dev.facet.loader.source.Indexing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

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
        ? ShardDataset.open(source, split)
        : IndexedDataset.open(source, format, split);
  }

  /**
   * Opens one split of several data sets as a weighted mixture; of one, just that.
   *
   * @throws FacetException as for one, or if a weight is not possible
   */
  public static Dataset open(List<DataSource> sources, String split) {
    if (sources.size() == 1) {
      return open(sources.getFirst(), split);
    }
    List<Dataset> parts = new ArrayList<>();
    try {
      for (DataSource source : sources) {
        parts.add(open(source, split));
      }
      return new Mixture(parts, sources.stream().map(DataSource::weight).toList());
    } catch (FacetException e) {
      parts.forEach(Dataset::close);
      throw e;
    }
  }

  /** The splits of what lies at a path, and the rows of each, unusable ones included. */
  public static SortedMap<String, Long> splits(Path root) {
    return splits(DataSource.of(root));
  }

  /** The splits of a data set, and the rows of each, unusable ones included. */
  public static SortedMap<String, Long> splits(DataSource source) {
    Format format = format(source);
    return format == Format.PARQUET
        ? ShardDataset.splits(source)
        : IndexedDataset.splits(source, format);
  }

  /**
   * What has to be done once before a data set can be opened: a list is scanned into an index.
   *
   * @return null if it can be opened at once
   * @throws FacetException if nothing that can be read is there
   */
  public static @Nullable Indexing indexing(DataSource source) {
    Format format = format(source);
    return format == Format.PARQUET ? null : IndexedDataset.indexing(source, format);
  }

  private static Format format(DataSource source) {
    return source.format() == Format.AUTO ? DataLayout.of(source) : source.format();
  }
}
