package dev.facet.cli.settings;

import dev.facet.base.FixedOnResume;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Under which names a data set keeps what; null means the preset's names. */
public record ColumnsConfig(
    @FixedOnResume @Nullable List<String> image,
    @FixedOnResume @Nullable List<CaptionField> captions,
    @FixedOnResume @Nullable List<String> id,
    @FixedOnResume @Nullable List<String> box,
    @FixedOnResume @Nullable List<String> split,
    @FixedOnResume @Nullable List<String> source,
    @Nullable List<String> labels,
    @FixedOnResume @Nullable String embedding) {

  /** What an entry of {@code data.mixture} has that says nothing. */
  public static final ColumnsConfig DEFAULT =
      new ColumnsConfig(null, null, null, null, null, null, null, null);

  /** These names, and others where none are given. */
  Fields over(Fields others) {
    return new Fields(
        image == null ? others.image() : image,
        captions == null ? others.captions() : captions,
        id == null ? others.id() : id,
        box == null ? others.box() : box,
        split == null ? others.split() : split,
        source == null ? others.source() : source,
        labels == null ? others.labels() : labels);
  }
}
