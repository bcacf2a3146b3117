package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** PNG chunks (W3C Portable Network Graphics, third edition, section 11). */
public final class PngHeader {
  public static final int IHDR = 0x49484452;
  public static final int PLTE = 0x504c5445;
  public static final int TRNS = 0x74524e53;
  public static final int IDAT = 0x49444154;
  public static final int IEND = 0x49454e44;

  /** No value stands for "transparent". */
  public static final long NO_KEY = -1;

  private static final int EXIF = 0x65584966;
  private static final int TEXT = 0x74455874;
  private static final int UTF8_TEXT = 0x69545874;
  private static final int ICC = 0x69434350;
  private static final int ANIMATION = 0x6163544c;
  private static final int FRAME = 0x6663544c;

  private static final String XMP = "XML:com.adobe.xmp\0\0\0";

  private PngHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    if (image.u32(8) != 13 || image.u32(12) != IHDR) {
      throw Headers.corrupt("PNG that does not begin with its header chunk");
    }
    int width = (int) image.u32(16);
    int height = (int) image.u32(20);
    int colourType = image.u8(25);
    boolean alpha = colourType == 4 || colourType == 6;
    int exif = 0;
    int xmp = 0;
    int icc = 0;
    int frames = 1;
    boolean pixels = false;
    // Pixel data is jumped over: metadata may follow it. Compressed text is never unpacked.
    for (int at = 8; isChunk(image, at); at = after(image, at)) {
      int body = at + 8;
      int length = length(image, at);
      switch ((int) image.u32(at + 4)) {
        case TRNS -> alpha = true;
        case EXIF -> exif = Exif.orientation(image, body, length);
        case TEXT -> exif = exif == 0 ? RawProfile.orientation(image, body, length) : exif;
        case UTF8_TEXT -> {
          if (Xmp.startsWith(image, body, XMP)) {
            xmp = Xmp.orientation(image, body, length);
          }
        }
        case ICC -> icc = length;
        case ANIMATION -> frames += (int) Math.min(image.u32(body), 1 << 20);
        // An animation may begin with the picture of the file, or leave that for readers of stills.
        case FRAME -> frames -= length == 26 && image.u32(body) == 0 && !pixels ? 1 : 0;
        case IDAT -> pixels = true;
        default -> {}
      }
    }
    Orientation orientation = Orientation.ofTag(exif == 0 ? xmp : exif);
    return into.set(ImageFormat.PNG, width, height, alpha, orientation, Math.max(1, frames), icc);
  }

  /** Whether a whole chunk other than the last one begins here. */
  public static boolean isChunk(EncodedImage image, int at) {
    return at + 12L <= image.length()
        && image.u32(at) <= image.length() - at - 12
        && image.u32(at + 4) != IEND;
  }

  /** Where the chunk behind one begins. */
  public static int after(EncodedImage image, int at) {
    return at + 12 + length(image, at);
  }

  /** Number of bytes that a chunk holds. */
  public static int length(EncodedImage image, int at) {
    return (int) image.u32(at);
  }

  /** The place of the profile's chunk, whose length the header holds. */
  static int profile(EncodedImage image) {
    int at = 8;
    while (image.u32(at + 4) != ICC) {
      at = after(image, at);
    }
    return at;
  }

  /**
   * The 16-bit grey or colour that is transparent, as {@code red << 32 | green << 16 | blue}, or
   * {@link #NO_KEY}.
   */
  public static long key(EncodedImage image) {
    int colourType = image.u8(25);
    for (int at = 8; image.u8(24) == 16 && isChunk(image, at); at = after(image, at)) {
      if (image.u32(at + 4) == TRNS && colourType == 0) {
        return image.u16(at + 8) * 0x0001_0001_0001L;
      }
      if (image.u32(at + 4) == TRNS && colourType == 2) {
        return (long) image.u16(at + 8) << 32 | image.u32(at + 10);
      }
    }
    return NO_KEY;
  }
}
