package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;

/**
 * An Exif block as ImageMagick hides it in a PNG's text: the keyword, a name, the number of bytes,
 * then hexadecimal digits in lines.
 */
final class RawProfile {
  private static final String EXIF = "Raw profile type exif\0";
  private static final String APP1 = "Raw profile type APP1\0";
  private static final int MAX_BLOCK = 1 << 16;

  private RawProfile() {}

  /**
   * Reads the orientation of a text chunk that may hold anything.
   *
   * @return 1 to 8; 0 where there is none
   */
  static int orientation(EncodedImage image, int offset, int length) {
    if (!Xmp.startsWith(image, offset, EXIF) && !Xmp.startsWith(image, offset, APP1)) {
      return 0;
    }
    int end = offset + length;
    int at = offset + EXIF.length();
    // An empty line, the name and the number: the digits begin after the third line break.
    for (int lines = 0; lines < 3 && at < end; at++) {
      lines += image.u8(at) == '\n' ? 1 : 0;
    }
    byte[] block = new byte[Math.clamp((end - at) / 2, 0, MAX_BLOCK)];
    int digits = 0;
    for (; at < end && digits < 2 * block.length; at++) {
      int digit = Character.digit(image.u8(at), 16);
      if (digit >= 0) {
        block[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
        digits++;
      }
    }
    return Exif.orientation(block);
  }
}
