package dev.facet.cli.work;

import dev.facet.cli.config.DataConfig;
import dev.facet.loader.Dataset;
import dev.facet.loader.Datasets;
import java.nio.file.Path;
import java.util.Objects;

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

  private static Path root(DataConfig data) {
    return Objects.requireNonNull(data.root());
  }
}
