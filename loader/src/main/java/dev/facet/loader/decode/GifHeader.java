package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import dev.facet.loader.BadSampleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** GIF's screen and first frame (CompuServe GIF89a specification, sections 18 to 23). */
final class GifHeader {
  private GifHeader() {}

  static ImageHeader read(ByteBuffer bytes) throws BadSampleException {
    ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int width = little.getShort(6) & 0xffff;
    int height = little.getShort(8) & 0xffff;
    int at = 13 + colourTable(little.get(10));
    while (little.get(at) == 0x21) { // extension
      at += 2;
      while (little.get(at) != 0) {
        at += 1 + (little.get(at) & 0xff);
      }
      at++;
    }
    if (little.get(at) != 0x2c) {
      throw Headers.corrupt("GIF without a frame");
    }
    if (width > 0 && height > 0) {
      // Decoders make room for a frame that is larger than the screen.
      width =
          Math.max(width, (little.getShort(at + 1) & 0xffff) + (little.getShort(at + 5) & 0xffff));
      height =
          Math.max(height, (little.getShort(at + 3) & 0xffff) + (little.getShort(at + 7) & 0xffff));
    }
    return new ImageHeader(ImageFormat.GIF, width, height, true, Orientation.UPRIGHT);
  }

  private static int colourTable(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
