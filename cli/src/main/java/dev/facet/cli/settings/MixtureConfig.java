package dev.facet.cli.settings;

import dev.facet.base.Range;
import dev.facet.base.Required;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.Preset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One data set of a mixture. What it leaves out, or sets to null, is as in {@link DataConfig}.
 *
 * @param weight its share of the samples, relative to the other weights
 */
public record MixtureConfig(
    @Required Path root,
    @Range(above = 0, max = 1e9) double weight,
    @Nullable Format format,
    @Nullable Preset preset,
    @Nullable Path imageRoot,
    @Range(min = 0, max = 1000) @Nullable Integer dropPrefix,
    @Range(min = 0, below = 1) @Nullable Double holdout,
    @Range(min = 0, below = 1) @Nullable Double holdoutTest,
    ColumnsConfig columns) {

  /** What an entry has that gives no more than its root. */
  public static final MixtureConfig DEFAULT = of(Path.of(""));

  /** A data set read as {@link DataConfig} says. */
  static MixtureConfig of(Path root) {
    return new MixtureConfig(root, 1, null, null, null, null, null, null, ColumnsConfig.DEFAULT);
  }

  /** Whether a share is given and holds something out. */
  boolean holds(@Nullable Double share) {
    return share != null && share > 0;
  }

  /** Which of its rows are held out. */
  Holdout heldOut(DataConfig data) {
    return new Holdout(
        data.trainSplit(),
        holdout == null ? data.holdout() : holdout,
        holdoutTest == null ? data.holdoutTest() : holdoutTest,
        data.holdoutBy());
  }

  /** How the loader is to read it. */
  DataSource source(DataConfig data) {
    Preset names = preset == null ? data.preset() : preset;
    Format layout = format == null ? data.format() : format;
    Integer dropped = dropPrefix == null ? data.dropPrefix() : dropPrefix;
    return new DataSource(
        root,
        layout == Format.AUTO ? names.format() : layout,
        imageRoot == null ? data.imageRoot() : imageRoot,
        columns.over(data.columns().over(names.fields())),
        dropped == null ? names.dropPrefix() : dropped,
        weight,
        heldOut(data),
        data.pictures() == DataConfig.Pictures.VECTORS ? embedding(data.columns()) : null);
  }

  /** Name of the column with the vectors; empty for the only one that can be it. */
  private String embedding(ColumnsConfig usual) {
    String own = columns.embedding() == null ? usual.embedding() : columns.embedding();
    return own == null ? "" : own;
  }
}
