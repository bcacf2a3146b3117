package dev.facet.prepare.caption;

/**
 * What is done to captions. Nothing is ever cut off.
 *
 * @param entities whether HTML entities are turned back into what they stand for
 * @param spaces whether control characters go, and white space of any kind and length becomes one
 *     blank
 */
public record CaptionSettings(boolean entities, boolean spaces) {
  /** Both. */
  public static final CaptionSettings DEFAULT = new CaptionSettings(true, true);
}
