package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers written as differences (Encodings.md, "Delta Encoding"): of whole columns, or the lengths
 * of texts. Checks what the bytes promise before it believes it, which parquet-java's reader does
 * not.
 */
final class Delta {
  /** Writers use blocks of 128 numbers in four parts. */
  private static final int MOST_PER_BLOCK = 1 << 16;

  private final MemorySegment memory;
  private final long end;
  private long position;

  Delta(MemorySegment memory, long from, long to) {
    this.memory = memory;
    this.position = from;
    this.end = to;
  }

  /** Where the bytes after the numbers begin. */
  long position() {
    return position;
  }

  /** Reads so many numbers. */
  long[] read(int count) throws IOException {
    long perBlock = varint();
    long parts = varint();
    long total = varint();
    require(total == count, "holds " + total + " numbers where " + count + " are promised");
    require(
        perBlock > 0 && perBlock <= MOST_PER_BLOCK && parts > 0 && perBlock % (parts * 8) == 0,
        "has impossible blocks");
    int perPart = (int) (perBlock / parts);
    long[] numbers = new long[count];
    long value = zigzag();
    if (count > 0) {
      numbers[0] = value;
    }
    for (int done = 1; done < count; ) {
      long least = zigzag();
      long widths = position;
      move(parts);
      for (int part = 0; part < parts && done < count; part++) {
        int width = u8(widths + part);
        require(width <= 64, "has numbers of " + width + " bits");
        long from = position;
        move((long) perPart * width / 8);
        for (int i = 0; i < perPart && done < count; i++) {
          value += least + bits(from, (long) i * width, width);
          numbers[done++] = value;
        }
      }
    }
    return numbers;
  }

  private long bits(long from, long firstBit, int width) {
    long value = 0;
    long bit = firstBit;
    for (int got = 0; got < width; ) {
      int shift = (int) (bit & 7);
      int taken = Math.min(8 - shift, width - got);
      int some = (u8(from + (bit >>> 3)) >>> shift) & ((1 << taken) - 1);
      value |= (long) some << got;
      got += taken;
      bit += taken;
    }
    return value;
  }

  private long zigzag() throws IOException {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long at = position;
      move(1);
      int next = u8(at);
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("delta-coded page holds a number without end");
  }

  private void move(long bytes) throws IOException {
    require(bytes <= end - position, "ends too early");
    position += bytes;
  }

  private int u8(long at) {
    return memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  private static void require(boolean sound, String otherwise) throws IOException {
    if (!sound) {
      throw new IOException("delta-coded page " + otherwise);
    }
  }
}
