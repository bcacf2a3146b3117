package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens the data that a config names. */
final class Sources {
  private Sources() {}

  /** What is trained on: every data set that the config names has to have the split. */
  static Dataset training(DataConfig data) {
    return Datasets.open(data.sources(), data.trainSplit());
  }

  /** What recall is measured on. */
  static Dataset heldOut(DataConfig data) {
    return open(data, data.evalSplit());
  }

  /** The same with these fields of its rows as labels. */
  static Dataset heldOut(DataConfig data, Collection<String> labels) {
    return open(
        data.sources().stream().map(source -> source.labelled(labels)).toList(), data.evalSplit());
  }

  /** One split; of a mixture, the data sets that have it. */
  static Dataset open(DataConfig data, String split) {
    return open(data.sources(), split);
  }

  private static Dataset open(List<DataSource> all, String split) {
    List<DataSource> sources = all;
    if (sources.size() > 1) {
      sources =
          sources.stream().filter(source -> Datasets.splits(source).containsKey(split)).toList();
    }
    if (sources.isEmpty()) {
      throw FacetException.usage(
          "no entry of data.mixture has a split %s; there are %s"
              .formatted(split, String.join(", ", splits(all).keySet())));
    }
    return Datasets.open(sources, split);
  }

  /** The splits of the data, all of a mixture's together, and the rows of each. */
  static SortedMap<String, Long> splits(DataConfig data) {
    return splits(data.sources());
  }

  private static SortedMap<String, Long> splits(List<DataSource> sources) {
    SortedMap<String, Long> all = new TreeMap<>();
    for (DataSource source : sources) {
      Datasets.splits(source).forEach((split, rows) -> all.merge(split, rows, Long::sum));
    }
    return all;
  }
}
