package dev.facet.loader.decode;

import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.BmpLayout;

/**
 * A bitmap's indices packed in runs, BI_RLE8 and BI_RLE4: pairs of bytes, a count and an index (or
 * two of 4 bits that take turns), or 0 and a command. What is jumped over keeps index 0.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int JUMP = 2;

  private final EncodedImage image;
  private final int width;
  private final int height;
  private final boolean nibbles;
  private int at;
  private int x;
  private int y;

  BmpRuns(EncodedImage image, BmpLayout bmp) {
    this.image = image;
    width = bmp.width();
    height = bmp.height();
    nibbles = bmp.packing() == BmpLayout.RUNS_OF_NIBBLES;
    at = bmp.pixels();
  }

  /**
   * Unpacks all there is.
   *
   * @param indices one byte a pixel, in the file's order of rows
   * @return false if the file ends before the picture does
   */
  boolean unpack(byte[] indices) {
    try {
      while (y < height && !(y == height - 1 && x >= width)) {
        int count = image.u8(at);
        int value = image.u8(at + 1);
        at += 2;
        if (count > 0) {
          for (int i = 0; i < count; i++) {
            put(indices, nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
          }
        } else if (value == END) {
          return true;
        } else {
          command(indices, value);
        }
      }
      return true;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private void command(byte[] indices, int value) {
    if (value == END_OF_ROW) {
      x = 0;
      y++;
    } else if (value == JUMP) {
      x += image.u8(at);
      y += image.u8(at + 1);
      at += 2;
    } else {
      // So many indices as they are, filled up to an even number of bytes.
      for (int i = 0; i < value; i++) {
        int pair = image.u8(at + (nibbles ? i / 2 : i));
        put(indices, nibbles ? (i % 2 == 0 ? pair >> 4 : pair & 15) : pair);
      }
      int bytes = nibbles ? (value + 1) / 2 : value;
      at += bytes + bytes % 2;
    }
  }

  /** What does not fit into its row is dropped. */
  private void put(byte[] indices, int index) {
    if (x < width && y < height) {
      indices[y * width + x] = (byte) index;
    }
    x++;
  }
}
