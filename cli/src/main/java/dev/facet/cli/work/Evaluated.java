package dev.facet.cli.work;

import dev.facet.base.Sha256;
import dev.facet.cli.config.Config;
import dev.facet.loader.data.DataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an evaluation is of. Two that are equal replace each other's results; others do not.
 *
 * @param checkpoint where the weights lie
 * @param data what is read and how, with whole paths
 * @param split of the data
 * @param settings all else that the figures depend on
 */
record Evaluated(Path checkpoint, List<String> data, String split, String settings) {
  /** In the config's own words, so that the name stays when a class gets another. */
  private static final List<String> SETTINGS =
      List.of(
          "augment",
          "data.max_pixels",
          "data.max_bytes",
          "data.allow_truncated",
          "data.background",
          "data.icc_profiles",
          "data.box_space",
          "model.precision",
          "model.caption_cleanup",
          "model.image_size",
          "model.tokenizer",
          "model.context_length",
          "eval.identical_captions",
          "eval.ties",
          "eval.rerank",
          "eval.resize_mode",
          "eval.interpolation");

  static Evaluated of(Config config, Path checkpoint) {
    return new Evaluated(
        real(checkpoint),
        config.data().sources().stream().map(Evaluated::source).toList(),
        config.data().evalSplit(),
        settings(config));
  }

  /** A short name for it: the same in every process, and another one for whatever differs. */
  String identity() {
    return Sha256.hex(toString()).substring(0, 16);
  }

  /** Weight and name of a data set change nothing in how it is read. */
  private static String source(DataSource source) {
    Path images = source.imageRoot();
    String heldOut = source.holdout().isNone() ? "" : " " + source.holdout();
    return String.join(
        " ",
        real(source.root()).toString(),
        source.format().toString(),
        images == null ? "" : real(images).toString(),
        source.fields().toString(),
        source.dropPrefix() + heldOut);
  }

  private static String settings(Config config) {
    Map<String, String> values = config.values();
    return SETTINGS.stream()
        .map(path -> path + ": " + Objects.requireNonNull(values.get(path), path))
        .collect(Collectors.joining("; "));
  }

  /** The same for every way to write it. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
