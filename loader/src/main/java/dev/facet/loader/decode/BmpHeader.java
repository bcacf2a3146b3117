package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Windows bitmaps: BITMAPCOREHEADER and BITMAPINFOHEADER with its successors. */
final class BmpHeader {
  private static final int CORE = 12;

  private BmpHeader() {}

  static ImageHeader read(ByteBuffer bytes) {
    ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    boolean core = little.getInt(14) == CORE;
    int width = core ? little.getShort(18) & 0xffff : little.getInt(18);
    // A negative height means that rows are stored from the top.
    int height = core ? little.getShort(20) & 0xffff : Math.abs(little.getInt(22));
    return new ImageHeader(ImageFormat.BMP, width, height, false, Orientation.UPRIGHT);
  }
}
