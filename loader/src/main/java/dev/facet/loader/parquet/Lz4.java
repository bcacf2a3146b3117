package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unpacks LZ4 blocks (lz4_Block_format.md), bare as the codec LZ4_RAW or in the frames of Hadoop as
 * the older codec LZ4: the length of the plain bytes, then blocks, each after its packed length,
 * all big-endian, until there are so many bytes.
 */
final class Lz4 {
  private static final ValueLayout.OfInt INT_BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** A match is at least so long; shorter ones are not worth their three bytes. */
  private static final int SHORTEST_MATCH = 4;

  private final MemorySegment from;
  private final long end;
  private final MemorySegment to;
  private final long start;
  private final long limit;
  private long in;
  private long out;

  private Lz4(MemorySegment from, long offset, long end, MemorySegment to, long at, long limit) {
    this.from = from;
    this.in = offset;
    this.end = end;
    this.to = to;
    this.start = at;
    this.out = at;
    this.limit = limit;
  }

  /** Unpacks one bare block, which fills the target exactly. */
  static void unpack(
      MemorySegment from, long offset, int length, MemorySegment to, long at, int size)
      throws IOException {
    Lz4 block = new Lz4(from, offset, offset + length, to, at, at + size);
    block.unpack();
    if (block.out != at + size) {
      throw new IOException("LZ4 page unpacks to fewer bytes than promised");
    }
  }

  /** Unpacks frames; files are about in which the codec means one bare block all the same. */
  static void unpackFrames(
      MemorySegment from, long offset, int length, MemorySegment to, long at, int size)
      throws IOException {
    long end = offset + length;
    if (startsAFrame(from, offset, end, size)) {
      try {
        readFrames(from, offset, end, to, at, at + size);
        return;
      } catch (IOException e) {
        // A bare block may begin like a frame.
      }
    }
    unpack(from, offset, length, to, at, size);
  }

  /** Each frame holds as many blocks as it takes to make up its plain bytes. */
  private static void readFrames(
      MemorySegment from, long offset, long end, MemorySegment to, long at, long limit)
      throws IOException {
    long in = offset;
    long out = at;
    while (in < end) {
      require(startsAFrame(from, in, end, limit - out));
      long frameEnd = out + from.get(INT_BE, in);
      in += Integer.BYTES;
      do {
        require(end - in >= Integer.BYTES);
        int packed = from.get(INT_BE, in);
        in += Integer.BYTES;
        require(packed >= 0 && packed <= end - in);
        Lz4 block = new Lz4(from, in, in + packed, to, out, frameEnd);
        block.unpack();
        in += packed;
        out = block.out;
      } while (out < frameEnd);
    }
    require(out == limit);
  }

  /** Whether there are lengths, plain and packed, of what can follow. */
  private static boolean startsAFrame(MemorySegment from, long in, long end, long left) {
    if (end - in < 2 * Integer.BYTES) {
      return false;
    }
    int plain = from.get(INT_BE, in);
    int packed = from.get(INT_BE, in + Integer.BYTES);
    return plain >= 0 && plain <= left && packed >= 0 && packed <= end - in - 2 * Integer.BYTES;
  }

  private void unpack() throws IOException {
    while (in < end) {
      int token = u8();
      long literals = length(token >>> 4);
      require(literals <= end - in && literals <= limit - out);
      MemorySegment.copy(from, in, to, out, literals);
      in += literals;
      out += literals;
      if (in == end) {
        return; // the last sequence has no match
      }
      int distance = u8() | u8() << 8;
      long match = length(token & 15) + SHORTEST_MATCH;
      require(distance > 0 && distance <= out - start && match <= limit - out);
      copyMatch(distance, match);
    }
  }

  /** A match may reach into what it writes: then it repeats its first bytes. */
  private void copyMatch(int distance, long match) {
    if (distance >= match) {
      MemorySegment.copy(to, out - distance, to, out, match);
      out += match;
      return;
    }
    for (long i = 0; i < match; i++) {
      to.set(ValueLayout.JAVA_BYTE, out, to.get(ValueLayout.JAVA_BYTE, out - distance));
      out++;
    }
  }

  private long length(int start) throws IOException {
    long length = start;
    if (start == 15) {
      int more;
      do {
        more = u8();
        length += more;
      } while (more == 255);
    }
    return length;
  }

  private int u8() throws IOException {
    require(in < end);
    return from.get(ValueLayout.JAVA_BYTE, in++) & 0xff;
  }

  private static void require(boolean sound) throws IOException {
    if (!sound) {
      throw new IOException("LZ4 page is damaged");
    }
  }
}
