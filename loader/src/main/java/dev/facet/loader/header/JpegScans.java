package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;

/**
 * The scans of a JPEG (ITU-T T.81, section B.2.3 and annex G). A picture may be told in several:
 * component by component, coarse first, then finer.
 */
public final class JpegScans {
  private static final int SCAN = 0xda;
  private static final int COEFFICIENTS = 64;

  private JpegScans() {}

  /**
   * Whether the scans bring every coefficient of every component to its last bit. Pixels of the
   * last scan may be missing all the same.
   */
  public static boolean areComplete(EncodedImage image) {
    try {
      return complete(image);
    } catch (IndexOutOfBoundsException e) {
      return false; // It ends within a table or the head of a scan.
    }
  }

  private static boolean complete(EncodedImage image) {
    long[] complete = new long[256];
    long[] seen = new long[256];
    int components = 0;
    for (int at = 0; at + 4 <= image.length(); at++) {
      if (image.u8(at) != 0xff) {
        continue;
      }
      int marker = image.u8(at + 1);
      if (JpegHeader.isFrame(marker)) {
        components = image.u8(at + 9);
      } else if (marker == SCAN) {
        int count = image.u8(at + 4);
        int last = at + 5 + 2 * count;
        long band = band(image.u8(last), image.u8(last + 1));
        boolean finest = (image.u8(last + 2) & 15) == 0;
        for (int i = 0; i < count; i++) {
          int component = image.u8(at + 5 + 2 * i);
          seen[component] = 1;
          complete[component] |= finest ? band : 0;
        }
      }
      if (marker != 0 && marker != 0xff && !JpegHeader.standsAlone(marker)) {
        at += 1 + image.u16(at + 2);
      }
    }
    int whole = 0;
    for (int i = 0; i < complete.length; i++) {
      whole += seen[i] == 1 && complete[i] == -1L ? 1 : 0;
    }
    return components > 0 && whole == components;
  }

  private static long band(int first, int last) {
    int count = Math.clamp(last - first + 1L, 0, COEFFICIENTS);
    return count == COEFFICIENTS ? -1L : ((1L << count) - 1) << first;
  }
}
