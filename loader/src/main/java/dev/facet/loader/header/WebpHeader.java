package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** WebP's three layouts: lossy, lossless, extended (RFC 9649, section 2; RFC 6386, section 9.1). */
final class WebpHeader {
  private static final int ALPHA = 0x10;
  // Chunk names, which are stored like numbers of four bytes.
  private static final int LOSSY = 0x56503820;
  private static final int LOSSLESS = 0x5650384c;
  private static final int EXTENDED = 0x56503858;
  private static final int FRAME = 0x414e4d46;
  private static final int EXIF = 0x45584946;
  private static final int XMP = 0x584d5020;
  private static final int ICC = 0x49434350;

  private WebpHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    return switch ((int) image.u32(12)) {
      case LOSSY -> still(image.u16le(26) & 0x3fff, image.u16le(28) & 0x3fff, false, into);
      case LOSSLESS -> {
        int packed = (int) image.u32le(21);
        yield still(
            (packed & 0x3fff) + 1, (packed >>> 14 & 0x3fff) + 1, (packed >>> 28 & 1) == 1, into);
      }
      case EXTENDED -> extended(image, into);
      default -> throw Headers.corrupt("WebP with an unknown first chunk");
    };
  }

  private static ImageHeader still(int width, int height, boolean alpha, ImageHeader into) {
    return into.set(ImageFormat.WEBP, width, height, alpha, Orientation.UPRIGHT, 1, 0);
  }

  private static ImageHeader extended(EncodedImage image, ImageHeader into) {
    int width = (int) (image.u32le(23) >>> 8) + 1;
    int height = (int) (image.u32le(26) >>> 8) + 1;
    boolean alpha = (image.u8(20) & ALPHA) != 0;
    int frames = 0;
    int icc = 0;
    int exif = 0;
    int xmp = 0;
    for (long at = 12; at + 8 <= image.length(); at = after(image, (int) at)) {
      int body = (int) at + 8;
      int length = (int) Math.min(image.u32le((int) at + 4), image.length() - body);
      switch ((int) image.u32((int) at)) {
        case FRAME -> frames++;
        case ICC -> icc = length;
        case EXIF -> exif = Exif.orientation(image, body, length);
        case XMP -> xmp = Xmp.orientation(image, body, length);
        default -> {}
      }
    }
    Orientation orientation = Orientation.ofTag(exif == 0 ? xmp : exif);
    return into.set(ImageFormat.WEBP, width, height, alpha, orientation, Math.max(1, frames), icc);
  }

  /** Where the profile's bytes begin, whose length the header holds. */
  static int profile(EncodedImage image) {
    int at = 12;
    while (image.u32(at) != ICC) {
      at = Math.toIntExact(after(image, at));
    }
    return at + 8;
  }

  private static long after(EncodedImage image, int at) {
    long length = image.u32le(at + 4);
    return at + 8 + length + (length & 1);
  }
}
