package dev.facet.cli.work;

import dev.facet.cli.config.DataConfig;
import dev.facet.loader.DataSource;
import dev.facet.loader.Dataset;
import dev.facet.loader.Datasets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens the data that a config names. */
final class Sources {
  private Sources() {}

  /** What is trained on. */
  static Dataset training(DataConfig data) {
    return open(data, data.trainSplit());
  }

  /** What recall is measured on. */
  static Dataset heldOut(DataConfig data) {
    return open(data, data.evalSplit());
  }

  static Dataset open(DataConfig data, String split) {
    return Datasets.open(root(data), split);
  }

  /** The splits of the data, all of a mixture's together, and the rows of each. */
  static SortedMap<String, Long> splits(DataConfig data) {
    SortedMap<String, Long> all = new TreeMap<>();
    for (DataSource source : data.sources()) {
      Datasets.splits(source.root()).forEach((split, rows) -> all.merge(split, rows, Long::sum));
    }
    return all;
  }

  private static Path root(DataConfig data) {
    return Objects.requireNonNull(data.root());
  }
}
