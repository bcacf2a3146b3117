package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;

/**
 * The orientation in an XMP packet, where a picture has no Exif: {@code tiff:Orientation} as an
 * attribute or an element (Adobe XMP specification, part 2, section 2.1.6).
 */
final class Xmp {
  private static final String NAME = "tiff:Orientation";
  private static final int MAX_PACKET = 1 << 16;

  private Xmp() {}

  /**
   * Reads the value.
   *
   * @return 1 to 8; 0 where there is none
   */
  static int orientation(EncodedImage image, int offset, int length) {
    int end = offset + Math.min(Math.min(length, image.length() - offset), MAX_PACKET);
    // After the name come at least a sign and the digit.
    for (int at = offset; at + NAME.length() + 2 <= end; at++) {
      if (image.u8(at) == 't' && startsWith(image, at, NAME)) {
        int value = firstDigit(image, at + NAME.length(), end);
        if (value != 0) {
          return value;
        }
      }
    }
    return 0;
  }

  static boolean startsWith(EncodedImage image, int offset, String text) {
    if (image.length() - offset < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (image.u8(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int firstDigit(EncodedImage image, int from, int end) {
    for (int at = from; at < end; at++) {
      int c = image.u8(at);
      if (c >= '1' && c <= '8') {
        return c - '0';
      }
      if (c != '=' && c != '"' && c != '\'' && c != '>' && c != ' ') {
        return 0;
      }
    }
    return 0;
  }
}
