package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import dev.facet.loader.BadSampleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** WebP's three layouts: lossy, lossless, extended (RFC 9649, section 2; RFC 6386, section 9.1). */
final class WebpHeader {
  private static final int ALPHA = 0x10;
  private static final int EXIF = 0x08;

  private WebpHeader() {}

  static ImageHeader read(ByteBuffer bytes) throws BadSampleException {
    int kind = bytes.getInt(12);
    ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (kind) {
      case 0x56503820 -> // "VP8 "
          header(
              little.getShort(26) & 0x3fff,
              little.getShort(28) & 0x3fff,
              false,
              Orientation.UPRIGHT);
      case 0x5650384c -> { // "VP8L"
        int packed = little.getInt(21);
        yield header(
            (packed & 0x3fff) + 1,
            (packed >>> 14 & 0x3fff) + 1,
            (packed >>> 28 & 1) == 1,
            Orientation.UPRIGHT);
      }
      case 0x56503858 -> { // "VP8X"
        int flags = bytes.get(20);
        yield header(
            (little.getInt(23) >>> 8) + 1,
            (little.getInt(26) >>> 8) + 1,
            (flags & ALPHA) != 0,
            (flags & EXIF) != 0 ? orientation(little) : Orientation.UPRIGHT);
      }
      default -> throw Headers.corrupt("WebP with an unknown first chunk");
    };
  }

  private static ImageHeader header(int width, int height, boolean alpha, Orientation orientation) {
    return new ImageHeader(ImageFormat.WEBP, width, height, alpha, orientation);
  }

  private static Orientation orientation(ByteBuffer little) {
    long at = 12;
    while (at + 8 <= little.limit()) {
      long length = little.getInt((int) at + 4) & 0xffffffffL;
      if (little.getInt((int) at) == 0x46495845) { // "EXIF", read backwards
        ByteBuffer big = little.duplicate().order(ByteOrder.BIG_ENDIAN);
        return Exif.orientation(big, (int) at + 8, (int) Math.min(length, little.limit()));
      }
      at += 8 + length + (length & 1);
    }
    return Orientation.UPRIGHT;
  }
}
