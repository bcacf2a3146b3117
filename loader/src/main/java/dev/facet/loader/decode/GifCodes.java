package dev.facet.loader.decode;

import dev.facet.loader.data.EncodedImage;

/**
 * Unpacks a GIF frame's indices (CompuServe GIF89a specification, appendix F): codes of growing
 * length, in blocks of up to 255 bytes. Used again for the next picture.
 */
final class GifCodes {
  private static final int MAX_CODES = 1 << 12;

  private final int[] before = new int[MAX_CODES];
  private final byte[] last = new byte[MAX_CODES];
  private final byte[] string = new byte[MAX_CODES];

  private EncodedImage image = new EncodedImage();
  private int at;
  private int left;
  private int bits;
  private int held;

  /**
   * Unpacks as many as there is room for.
   *
   * @param from where the length of the first codes stands, which the blocks follow
   * @return how many there are; fewer if the data end early or are damaged
   */
  int unpack(EncodedImage newImage, int from, byte[] indices) {
    image = newImage;
    at = from + 1;
    left = 0;
    bits = 0;
    held = 0;
    try {
      return unpack(image.u8(from), indices);
    } finally {
      image = new EncodedImage();
    }
  }

  private int unpack(int smallest, byte[] indices) {
    if (smallest < 1 || smallest > 11) {
      return 0;
    }
    int clear = 1 << smallest;
    int size = smallest + 1;
    int next = clear + 2;
    int previous = -1;
    int filled = 0;
    while (filled < indices.length) {
      int code = code(size);
      if (code == clear) {
        size = smallest + 1;
        next = clear + 2;
        previous = -1;
        continue;
      }
      if (code < 0 || code == clear + 1 || code > next || (code == next && previous < 0)) {
        return filled;
      }
      if (previous >= 0 && next < MAX_CODES) {
        // Its string may be the one asked for: then it ends as it begins.
        before[next] = previous;
        last[next] = first(code < next ? code : previous, clear);
        next++;
        if (next == 1 << size && size < 12) {
          size++;
        }
      }
      int start = string(code, clear);
      int fits = Math.min(MAX_CODES - start, indices.length - filled);
      System.arraycopy(string, start, indices, filled, fits);
      filled += fits;
      previous = code;
    }
    return filled;
  }

  private byte first(int code, int clear) {
    int root = code;
    while (root > clear) {
      root = before[root];
    }
    return (byte) root;
  }

  /** Writes a code's string to the end of the buffer; returns where it begins. */
  private int string(int code, int clear) {
    int start = MAX_CODES;
    int rest = code;
    for (; rest > clear; rest = before[rest]) {
      string[--start] = last[rest];
    }
    string[--start] = (byte) rest;
    return start;
  }

  /** The next so many bits, lowest first; -1 at the end of the blocks, or of the file. */
  private int code(int size) {
    while (bits < size) {
      if (left == 0) {
        left = at < image.length() ? image.u8(at) : 0;
        at++;
      }
      if (left == 0 || at >= image.length()) {
        return -1;
      }
      held |= image.u8(at) << bits;
      bits += 8;
      at++;
      left--;
    }
    int code = held & ((1 << size) - 1);
    held >>>= size;
    bits -= size;
    return code;
  }
}
