package dev.facet.loader.decode;

import dev.facet.augment.Orientation;

/**
 * What a picture's header says, before any pixel memory exists.
 *
 * @param width of the picture as stored
 * @param height of the picture as stored
 * @param alpha whether pixels may be transparent
 * @param orientation how to turn the stored picture upright
 * @param frames number of pictures in the file, of which the first is used; 1 if that is not known
 * @param iccBytes size of the colour profile as stored, in a PNG compressed; 0 if there is none
 */
public record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    boolean alpha,
    Orientation orientation,
    int frames,
    int iccBytes) {

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
