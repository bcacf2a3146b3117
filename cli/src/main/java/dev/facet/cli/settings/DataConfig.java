package dev.facet.cli.settings;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Inline;
import dev.facet.base.Range;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.data.CaptionSettings;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures are read, and how.
 *
 * @param storedTokens whether the token ids of all captions are made before training, and kept
 * @param evalSplit never null: what is left out is the split that is held out, else the usual one
 */
public record DataConfig(
    @FixedOnResume @Nullable Path root,
    @FixedOnResume Preset preset,
    @FixedOnResume Format format,
    @FixedOnResume Pictures pictures,
    @FixedOnResume @Nullable Path imageRoot,
    @FixedOnResume @Range(min = 0, max = 1000) @Nullable Integer dropPrefix,
    ColumnsConfig columns,
    @FixedOnResume List<MixtureConfig> mixture,
    @FixedOnResume String trainSplit,
    @FixedOnResume @Nullable String evalSplit,
    @FixedOnResume @Range(min = 0, below = 1) double holdout,
    @FixedOnResume @Range(min = 0, below = 1) double holdoutTest,
    @FixedOnResume HoldoutBy holdoutBy,
    @FixedOnResume @Range(min = 0, max = 10_000_000) int synthPictures,
    @FixedOnResume @Range(above = 0, below = 1) double synthTest,
    @Inline CaptionSettings captions,
    boolean storedTokens,
    @Inline ReadSettings read,
    @Inline DecodeSettings decoding,
    @FixedOnResume BoxSpace boxSpace) {

  public DataConfig {
    if (evalSplit == null) {
      boolean validation =
          holdout > 0 || mixture.stream().anyMatch(entry -> entry.holds(entry.holdout()));
      evalSplit = validation ? Holdout.VALIDATION : SplitName.TEST;
    }
  }

  /** What stands for a picture in the data. */
  public enum Pictures {
    /** A picture, encoded, or the path of one. */
    IMAGES,
    /** A vector that another model made of it. */
    VECTORS
  }

  /** The split that recall is measured on. */
  @Override
  public String evalSplit() {
    return Objects.requireNonNull(evalSplit);
  }

  /** How many of the built-in pictures are set aside as test. */
  public long drawnToTest() {
    return Math.round(synthPictures * synthTest);
  }

  /** About how many of the built-in pictures are trained on: what is held out a hash decides. */
  public long drawnToTrainOn() {
    return Math.round((synthPictures - drawnToTest()) * (1 - holdout - holdoutTest));
  }

  /** The same with the pictures and the split of a held-out set as those to evaluate on. */
  public DataConfig on(EvalSet set) {
    Path own = set.root();
    return new DataConfig(
        own == null ? root : null,
        preset,
        format,
        pictures,
        imageRoot,
        dropPrefix,
        columns,
        own == null ? mixture : List.of(set.entry(own)),
        trainSplit,
        set.split() == null ? evalSplit : set.split(),
        holdout,
        holdoutTest,
        holdoutBy,
        own == null ? synthPictures : 0,
        synthTest,
        captions,
        storedTokens,
        read,
        decoding,
        boxSpace);
  }

  /** The data sets to read: those of the mixture, or the one at the root. */
  public List<DataSource> sources() {
    return entries().stream().map(entry -> entry.source(this)).toList();
  }

  /** What is read, for people. */
  public String name() {
    return entries().stream()
        .map(entry -> entry.root().toString())
        .collect(Collectors.joining(", "));
  }

  private List<MixtureConfig> entries() {
    return root == null ? mixture : List.of(MixtureConfig.of(root));
  }
}
