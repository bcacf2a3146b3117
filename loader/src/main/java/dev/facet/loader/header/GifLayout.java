package dev.facet.loader.header;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import java.util.Objects;

/**
 * A GIF's screen and its first frame (CompuServe GIF89a specification, sections 18 to 23).
 *
 * @param width of the screen, which grows with a frame that is larger
 * @param left where on the screen the frame lies; so with the others
 * @param palette where its colours begin, the frame's own or all frames'; -1 if there are none
 * @param colours of the palette
 * @param transparent the index that shows what is beneath; -1 if none does
 * @param data where the frame's pixels begin
 */
public record GifLayout(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    boolean interlaced,
    int palette,
    int colours,
    int transparent,
    int data) {

  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int FRAME = 0x2c;

  /**
   * Reads it.
   *
   * @throws BadSampleException CORRUPT
   * @throws IndexOutOfBoundsException if the file ends within it
   */
  public static GifLayout read(EncodedImage image) throws BadSampleException {
    int flags = image.u8(10);
    int palette = hasColours(flags) ? 13 : -1;
    int colours = colours(flags);
    int transparent = -1;
    int at = 13 + 3 * colours;
    while (image.u8(at) == EXTENSION) {
      if (image.u8(at + 1) == CONTROL && image.u8(at + 2) >= 4 && (image.u8(at + 3) & 1) == 1) {
        transparent = image.u8(at + 6);
      }
      at = afterBlocks(image, at + 2);
    }
    if (image.u8(at) != FRAME) {
      throw Headers.corrupt("GIF without a frame");
    }
    int left = image.u16le(at + 1);
    int top = image.u16le(at + 3);
    int frameWidth = image.u16le(at + 5);
    int frameHeight = image.u16le(at + 7);
    int frameFlags = image.u8(at + 9);
    if (hasColours(frameFlags)) {
      palette = at + 10;
      colours = colours(frameFlags);
    }
    int data = Objects.checkIndex(at + 10 + 3 * colours(frameFlags), image.length());
    return new GifLayout(
        Math.max(image.u16le(6), left + frameWidth),
        Math.max(image.u16le(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight,
        (frameFlags & 0x40) != 0,
        palette,
        colours,
        transparent,
        data);
  }

  /** Counts frames, also of a file that ends early. */
  int frames(EncodedImage image) {
    int frames = 1;
    try {
      int at = next(image, data);
      while (image.u8(at) == FRAME) {
        frames++;
        at = next(image, at + 10 + 3 * colours(image.u8(at + 9)));
      }
    } catch (IndexOutOfBoundsException e) {
      // The decoder judges what is missing; the first frame may be whole.
      return frames;
    }
    return frames;
  }

  /** From where a frame's pixels begin to what follows, extensions jumped over. */
  private static int next(EncodedImage image, int pixels) {
    int at = afterBlocks(image, pixels + 1);
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

  private static boolean hasColours(int flags) {
    return (flags & 0x80) != 0;
  }

  private static int colours(int flags) {
    return hasColours(flags) ? 2 << (flags & 7) : 0;
  }
}
