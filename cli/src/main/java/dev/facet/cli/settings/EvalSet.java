package dev.facet.cli.settings;

import dev.facet.base.Range;
import dev.facet.base.Required;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A held-out set that a run is scored on. What says where its pictures lie is as in {@link
 * MixtureConfig}, and as in {@link DataConfig} where it is left out or null.
 *
 * @param name in the log, the report and the names of files
 * @param use what its figures are for
 * @param split of its data; null is {@link DataConfig#evalSplit}
 * @param every steps between evaluations of a set for validation; 0 is only at the end, null as
 *     train.eval_every
 * @param root its own data set, nothing of which is held out but its splits; null is the data that
 *     is trained on
 */
public record EvalSet(
    @Required String name,
    Use use,
    @Nullable String split,
    @Range(min = 0, max = 100_000_000) @Nullable Integer every,
    @Nullable Path root,
    @Nullable Format format,
    @Nullable Preset preset,
    @Nullable Path imageRoot,
    @Range(min = 0, max = 1000) @Nullable Integer dropPrefix,
    ColumnsConfig columns) {

  /** What figures are for. */
  public enum Use {
    /** Told while a run goes on; those of the first such set pick the best weights. */
    VALIDATION,
    /** Told once, at the end, of the best weights. */
    TEST
  }

  /** What a set has that gives no more than its name. */
  public static final EvalSet DEFAULT =
      new EvalSet(
          "", Use.VALIDATION, null, null, null, null, null, null, null, ColumnsConfig.DEFAULT);

  /** Its own data set, as an entry of a mixture of one. */
  MixtureConfig entry(Path where) {
    return new MixtureConfig(where, 1, format, preset, imageRoot, dropPrefix, 0.0, 0.0, columns);
  }
}
