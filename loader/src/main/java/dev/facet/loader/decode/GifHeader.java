package dev.facet.loader.decode;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** GIF's screen and its frames (CompuServe GIF89a specification, sections 18 to 23). */
final class GifHeader {
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;

  private GifHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    int width = image.u16le(6);
    int height = image.u16le(8);
    int at = afterExtensions(image, 13 + colourTable(image.u8(10)));
    if (image.u8(at) != FRAME) {
      throw Headers.corrupt("GIF without a frame");
    }
    if (width > 0 && height > 0) {
      // Decoders make room for a frame that is larger than the screen.
      width = Math.max(width, image.u16le(at + 1) + image.u16le(at + 5));
      height = Math.max(height, image.u16le(at + 3) + image.u16le(at + 7));
    }
    int frames = frames(image, at);
    return into.set(ImageFormat.GIF, width, height, true, Orientation.UPRIGHT, frames, 0);
  }

  /** Counts frames, also of a file that ends early. */
  private static int frames(EncodedImage image, int first) {
    int frames = 0;
    int at = first;
    try {
      while (image.u8(at) == FRAME) {
        frames++;
        at = afterBlocks(image, at + 11 + colourTable(image.u8(at + 9)));
        at = afterExtensions(image, at);
      }
    } catch (IndexOutOfBoundsException e) {
      // The decoder judges what is missing; the first frame may be whole.
      return frames;
    }
    return frames;
  }

  private static int afterExtensions(EncodedImage image, int from) {
    int at = from;
    while (image.u8(at) == EXTENSION) {
      at = afterBlocks(image, at + 2);
    }
    return at;
  }

  private static int afterBlocks(EncodedImage image, int from) {
    int at = from;
    while (image.u8(at) != 0) {
      at += 1 + image.u8(at);
    }
    return at + 1;
  }

  private static int colourTable(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
