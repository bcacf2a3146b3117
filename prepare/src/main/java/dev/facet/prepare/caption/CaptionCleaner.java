package dev.facet.prepare.caption;

import org.jspecify.annotations.Nullable;

/** Makes captions readable. Thread-safe. */
public final class CaptionCleaner {

  public CaptionCleaner(CaptionSettings settings) {

  }

  /**
   * A caption as it is stored.
   *
   * @return null if nothing is left: it is none
   */
  public @Nullable String clean(@Nullable String caption) {
    return caption == null || caption.isBlank() ? null : caption;
  }
}
