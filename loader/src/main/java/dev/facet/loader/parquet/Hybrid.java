package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Parquet's mixture of repeated and bit-packed small numbers, in which levels and places in a
 * dictionary are written (Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"). Written here
 * because parquet-java's decoder makes new arrays for every run.
 */
final class Hybrid {
  private Hybrid() {}

  /** Reads {@code count} numbers of {@code width} bits into {@code out}. */
  static void read(MemorySegment memory, long from, long to, int width, int[] out, int count)
      throws IOException {
    if (width < 0 || width > 32) {
      throw new IOException("page has numbers of " + width + " bits");
    }
    if (width == 0) {
      Arrays.fill(out, 0, count, 0);
      return;
    }
    int bytes = (width + 7) / 8;
    long position = from;
    int done = 0;
    while (done < count) {
      long head = 0;
      int shift = 0;
      int next;
      do {
        require(position < to && shift < 35);
        next = u8(memory, position++);
        head |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next >= 0x80);
      long run = head >>> 1;
      require(run > 0);
      if ((head & 1) == 0) {
        require(bytes <= to - position);
        int value = 0;
        for (int i = 0; i < bytes; i++) {
          value |= u8(memory, position++) << (8 * i);
        }
        int end = (int) Math.min(count, done + run);
        Arrays.fill(out, done, end, value);
        done = end;
      } else {
        // Groups of eight numbers; the last ones of a page may be cut where its numbers end.
        int wanted = (int) Math.min(count - done, run * 8);
        require(((long) wanted * width + 7) / 8 <= to - position);
        unpack(memory, position, width, out, done, wanted);
        position += run * width;
        done += wanted;
      }
    }
  }

  /** Numbers lie bit by bit, the lowest bit of the first byte first. */
  private static void unpack(
      MemorySegment memory, long from, int width, int[] out, int at, int count) {
    long mask = (1L << width) - 1;
    long buffer = 0;
    int bits = 0;
    long position = from;
    for (int i = at; i < at + count; i++) {
      while (bits < width) {
        buffer |= (long) u8(memory, position++) << bits;
        bits += 8;
      }
      out[i] = (int) (buffer & mask);
      buffer >>>= width;
      bits -= width;
    }
  }

  private static int u8(MemorySegment memory, long position) {
    return memory.get(ValueLayout.JAVA_BYTE, position) & 0xff;
  }

  private static void require(boolean sound) throws IOException {
    if (!sound) {
      throw new IOException("page has fewer levels or numbers than promised");
    }
  }
}
