package dev.facet.prepare.photo;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.header.ImageFormat;

/**
 * What a photo's header says.
 *
 * @param format by the first bytes, whatever name and type say
 * @param width of the picture as stored, in pixels
 * @param height of the picture as stored, in pixels
 * @param orientation how it must be turned to be displayed
 */
public record PhotoHeader(ImageFormat format, int width, int height, Orientation orientation) {
  /** Width of the picture as displayed. */
  public int shownWidth() {
    return orientation.transposed() ? height : width;
  }

  /** Height of the picture as displayed. */
  public int shownHeight() {
    return orientation.transposed() ? width : height;
  }
}
