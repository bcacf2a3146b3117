package dev.facet.loader.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * XXH64 (Yann Collet, xxHash specification 0.1.1) with seed 0: a hash of 64 bits at several
 * gigabytes a second, good enough to tell pictures apart, no protection against forgery.
 */
public final class XxHash64 {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  /** P1 + P2, past 64 bits. */
  private static final long SUM = 0x60EA27EEADC0B5D6L;

  private XxHash64() {}

  /** Of {@code length} bytes from {@code offset} on. */
  public static long of(MemorySegment memory, long offset, int length) {
    int at = 0;
    long hash = P5;
    if (length >= 32) {
      long a = SUM;
      long b = P2;
      long c = 0;
      long d = -P1;
      for (; at <= length - 32; at += 32) {
        a = round(a, memory.get(LONG, offset + at));
        b = round(b, memory.get(LONG, offset + at + 8));
        c = round(c, memory.get(LONG, offset + at + 16));
        d = round(d, memory.get(LONG, offset + at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    }
    hash += length;
    for (; at <= length - 8; at += 8) {
      hash = Long.rotateLeft(hash ^ round(0, memory.get(LONG, offset + at)), 27) * P1 + P4;
    }
    if (at <= length - 4) {
      hash ^= (memory.get(INT, offset + at) & 0xffffffffL) * P1;
      hash = Long.rotateLeft(hash, 23) * P2 + P3;
      at += 4;
    }
    for (; at < length; at++) {
      hash ^= (memory.get(ValueLayout.JAVA_BYTE, offset + at) & 0xff) * P5;
      hash = Long.rotateLeft(hash, 11) * P1;
    }
    hash = (hash ^ hash >>> 33) * P2;
    hash = (hash ^ hash >>> 29) * P3;
    return hash ^ hash >>> 32;
  }

  private static long round(long sum, long input) {
    return Long.rotateLeft(sum + input * P2, 31) * P1;
  }

  private static long merge(long hash, long sum) {
    return (hash ^ round(0, sum)) * P1 + P4;
  }
}
