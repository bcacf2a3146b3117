package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** Windows and OS/2 bitmaps. */
final class BmpHeader {
  private BmpHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    BmpLayout bmp = BmpLayout.read(image);
    return into.set(
        ImageFormat.BMP, bmp.width(), bmp.height(), bmp.alpha() != 0, Orientation.UPRIGHT, 1, 0);
  }
}
