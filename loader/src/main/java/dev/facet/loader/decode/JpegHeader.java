package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import dev.facet.loader.BadSampleException;
import java.nio.ByteBuffer;

/** JPEG segments up to the frame header (ITU-T T.81, annex B). */
final class JpegHeader {
  private static final int APP1 = 0xe1;
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  private JpegHeader() {}

  static ImageHeader read(ByteBuffer bytes) throws BadSampleException {
    Orientation orientation = Orientation.UPRIGHT;
    int at = 2;
    while (true) {
      // Decoders skip stray bytes between segments, so files that have some are read everywhere.
      while ((bytes.get(at) & 0xff) != 0xff || !isMarker(bytes.get(at + 1) & 0xff)) {
        at++;
      }
      int marker = bytes.get(at + 1) & 0xff;
      at += 2;
      if (marker == SCAN || marker == END) {
        throw Headers.corrupt("JPEG without a frame header");
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        continue; // a marker that stands alone
      }
      if (isFrame(marker)) {
        int height = bytes.getShort(at + 3) & 0xffff;
        int width = bytes.getShort(at + 5) & 0xffff;
        return new ImageHeader(ImageFormat.JPEG, width, height, false, orientation);
      }
      int length = bytes.getShort(at) & 0xffff;
      if (marker == APP1 && Exif.hasPrefix(bytes, at + 2)) {
        orientation = Exif.orientation(bytes, at + 2, length - 2);
      }
      at += length;
    }
  }

  /**
   * Whether the end marker is there. Decoders fill what is missing with grey and only print a
   * warning. Nearly always it is the last thing in the file; else everything is searched.
   */
  static boolean hasEnd(ByteBuffer image) {
    int first = image.position();
    for (int at = image.limit() - 2; at >= first; at--) {
      if (image.get(at) == (byte) 0xff && (image.get(at + 1) & 0xff) == END) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarker(int code) {
    return code != 0x00 && code != 0xff;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
