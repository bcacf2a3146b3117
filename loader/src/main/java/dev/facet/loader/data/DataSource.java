package dev.facet.loader.data;

import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One data set, and how to read it.
 *
 * @param root file or folder
 * @param imageRoot where the paths of pictures start; null for {@code root}, or its folder
 * @param dropPrefix characters cut off the front of image paths and ids
 * @param weight share of the samples in a mixture, relative to the other sources' weights
 * @param holdout which of its rows are held out
 * @param vectors column with the vectors that stand in the pictures' places, empty for the only one
 *     that can be it; null where there are pictures
 */
public record DataSource(
    Path root,
    Format format,
    @Nullable Path imageRoot,
    Fields fields,
    int dropPrefix,
    double weight,
    Holdout holdout,
    @Nullable String vectors) {

  /** Data as it is divided by itself. */
  public DataSource(
      Path root,
      Format format,
      @Nullable Path imageRoot,
      Fields fields,
      int dropPrefix,
      double weight) {
    this(root, format, imageRoot, fields, dropPrefix, weight, Holdout.NONE, null);
  }

  /** Whatever lies at a path, under the usual names. */
  public static DataSource of(Path root) {
    return of(root, Preset.FACET);
  }

  /** A published data set. */
  public static DataSource of(Path root, Preset preset) {
    return new DataSource(root, preset.format(), null, preset.fields(), preset.dropPrefix(), 1);
  }

  /** The same with these fields as labels, too. */
  public DataSource labelled(Collection<String> more) {
    return new DataSource(
        root, format, imageRoot, fields.labelled(more), dropPrefix, weight, holdout, vectors);
  }

  /** The same with some rows held out. */
  public DataSource holding(Holdout rows) {
    return new DataSource(root, format, imageRoot, fields, dropPrefix, weight, rows, vectors);
  }
}
