package dev.facet.loader.decode;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.EncodedImage;

/** Windows bitmaps: BITMAPCOREHEADER and BITMAPINFOHEADER with its successors. */
final class BmpHeader {
  private static final int CORE = 12;

  private BmpHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) {
    boolean core = image.u32le(14) == CORE;
    int width = core ? image.u16le(18) : (int) image.u32le(18);
    // A negative height means that rows are stored from the top.
    int height = core ? image.u16le(20) : Math.abs((int) image.u32le(22));
    return into.set(ImageFormat.BMP, width, height, false, Orientation.UPRIGHT, 1, 0);
  }
}
