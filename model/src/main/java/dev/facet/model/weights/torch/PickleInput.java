package dev.facet.model.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read once from front to back and never past their end. */
final class PickleInput {
  /** No tensor name, storage key or global is longer; what is longer is passed over. */
  private static final int MAX_TEXT = 1024;

  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private final MemorySegment bytes;
  private final Refusals refusals;
  private long at;

  PickleInput(MemorySegment bytes, Refusals refusals) {
    this.bytes = bytes;
    this.refusals = refusals;
  }

  int u1() {
    return bytes.get(ValueLayout.JAVA_BYTE, take(1)) & 0xFF;
  }

  int u2() {
    return bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE), take(2)) & 0xFFFF;
  }

  int i4() {
    return bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE), take(4));
  }

  long u4() {
    return i4() & 0xFFFF_FFFFL;
  }

  long i8() {
    return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE), take(8));
  }

  /** The one number that is stored big-endian. */
  double f8() {
    return bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), take(8));
  }

  /** A two's complement number of so many bytes; one beyond 64 bits is passed over. */
  Object integer(long length) {
    if (length > 8) {
      skip(length);
      return Inert.INSTANCE;
    }
    byte[] big = bytes.asSlice(take(length), length).toArray(ValueLayout.JAVA_BYTE);
    for (int i = 0, j = big.length - 1; i < j; i++, j--) {
      byte swap = big[i];
      big[i] = big[j];
      big[j] = swap;
    }
    return big.length == 0 ? 0L : new BigInteger(big).longValueExact();
  }

  /** A text of so many bytes of UTF-8, or the inert thing if it is long. */
  Object text(long length) {
    if (length > MAX_TEXT) {
      skip(length);
      return Inert.INSTANCE;
    }
    byte[] utf8 = bytes.asSlice(take(length), length).toArray(ValueLayout.JAVA_BYTE);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A text up to the end of its line. */
  String line() {
    long start = at;
    while (u1() != '\n') {
      if (at - start > MAX_TEXT) {
        throw refusals.broken("its pickle has a name longer than " + MAX_TEXT + " bytes");
      }
    }
    return new String(
        bytes.asSlice(start, at - 1 - start).toArray(ValueLayout.JAVA_BYTE),
        StandardCharsets.UTF_8);
  }

  void skip(long length) {
    take(length);
  }

  /** Bytes that were read or passed over. */
  long position() {
    return at;
  }

  private long take(long length) {
    if (length < 0 || length > bytes.byteSize() - at) {
      throw refusals.broken("its pickle is cut off");
    }
    long from = at;
    at += length;
    return from;
  }
}
