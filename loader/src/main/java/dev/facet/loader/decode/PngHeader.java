package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import dev.facet.loader.BadSampleException;
import java.nio.ByteBuffer;

/** PNG chunks (W3C Portable Network Graphics, third edition, section 11). */
final class PngHeader {
  private static final int IEND = 0x49454e44;
  private static final int IDAT = 0x49444154;
  private static final int TRNS = 0x74524e53;
  private static final int EXIF = 0x65584966;

  private PngHeader() {}

  static ImageHeader read(ByteBuffer bytes) throws BadSampleException {
    int width = bytes.getInt(16);
    int height = bytes.getInt(20);
    int colourType = bytes.get(25);
    boolean alpha = colourType == 4 || colourType == 6;
    Orientation orientation = Orientation.UPRIGHT;
    // Pixel data is jumped over: the Exif chunk may follow it.
    long at = 8;
    while (at + 12 <= bytes.limit()) {
      int length = bytes.getInt((int) at);
      int type = bytes.getInt((int) at + 4);
      if (length < 0 || type == IEND) {
        break;
      }
      if (type == IDAT && at + 12 + length > bytes.limit()) {
        throw Headers.corrupt(
            "PNG is cut off within its pixel data, after " + bytes.limit() + " bytes");
      }
      alpha |= type == TRNS;
      if (type == EXIF) {
        orientation = Exif.orientation(bytes, (int) at + 8, length);
      }
      at += 12L + length;
    }
    return new ImageHeader(ImageFormat.PNG, width, height, alpha, orientation);
  }
}
