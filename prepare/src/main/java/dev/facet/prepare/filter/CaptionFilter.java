package dev.facet.prepare.filter;

import org.jspecify.annotations.Nullable;

/** The rules on one caption, after its clean-up. Thread-safe. */
public final class CaptionFilter {

  public CaptionFilter(FilterSettings settings) {

  }

  /**
   * Why a caption is left out.
   *
   * @return {@code caption_short}, {@code caption_long} or {@code caption_script}, or null if it is
   *     not
   */
  public @Nullable String refuses(String caption) {
    return null;
  }
}
