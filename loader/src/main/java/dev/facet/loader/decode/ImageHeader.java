package dev.facet.loader.decode;

import dev.facet.augment.Orientation;

/**
 * What a picture's header says, before any pixel memory exists.
 *
 * @param width of the picture as stored
 * @param height of the picture as stored
 * @param alpha whether pixels may be transparent
 * @param orientation how to turn the stored picture upright
 */
public record ImageHeader(
    ImageFormat format, int width, int height, boolean alpha, Orientation orientation) {

  /** Width of the upright picture. */
  public int shownWidth() {
    return orientation.transposed() ? height : width;
  }

  /** Height of the upright picture. */
  public int shownHeight() {
    return orientation.transposed() ? width : height;
  }

  /** Number of pixels. */
  public long pixels() {
    return (long) width * height;
  }
}
