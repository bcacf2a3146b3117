package dev.facet.cli.work;

import dev.facet.cli.config.DataConfig;
import dev.facet.loader.DataSource;
import dev.facet.loader.Dataset;
import dev.facet.loader.Datasets;
import dev.facet.loader.Mixture;
import java.util.List;
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
    List<DataSource> sources = data.sources();
    if (sources.size() == 1) {
      return Datasets.open(sources.getFirst().root(), split);
    }
    return new Mixture(
        sources.stream().map(source -> Datasets.open(source.root(), split)).toList(),
        sources.stream().map(DataSource::weight).toList());
  }

  /** The splits of the data, all of a mixture's together, and the rows of each. */
  static SortedMap<String, Long> splits(DataConfig data) {
    SortedMap<String, Long> all = new TreeMap<>();
    for (DataSource source : data.sources()) {
      Datasets.splits(source.root()).forEach((split, rows) -> all.merge(split, rows, Long::sum));
    }
    return all;
  }
}
