package dev.facet.prepare;

import dev.facet.base.FixedOnResume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of columns; null for those of the set or preset. Of a list the first that is there counts,
 * of captions all.
 */
public record ColumnSettings(
    @FixedOnResume @Nullable List<String> url,
    @FixedOnResume @Nullable List<String> id,
    @FixedOnResume @Nullable List<String> captions,
    @FixedOnResume @Nullable List<String> box,
    @FixedOnResume @Nullable List<String> sha256,
    @FixedOnResume @Nullable List<String> image) {

  static List<String> or(@Nullable List<String> names, List<String> usual) {
    return names == null ? usual : names;
  }

  List<String> captions(List<String> usual) {
    return or(captions, usual);
  }
}
