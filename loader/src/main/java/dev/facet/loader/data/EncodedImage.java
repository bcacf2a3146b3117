package dev.facet.loader.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Encoded bytes of one picture, wherever they lie. A view that is aimed again for every picture, so
 * that looking at one costs no object. Reading past the end throws {@link
 * IndexOutOfBoundsException}. Not thread-safe.
 */
public final class EncodedImage {
  private static final ValueLayout.OfShort SHORT_BE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT_LE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT_BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT_LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long offset;
  private int length = -1;

  /** A view of these bytes. */
  public static EncodedImage of(byte[] bytes) {
    EncodedImage image = new EncodedImage();
    image.at(MemorySegment.ofArray(bytes), 0, bytes.length);
    return image;
  }

  /** Points at {@code newLength} bytes of native or heap memory. */
  public void at(MemorySegment newMemory, long newOffset, int newLength) {
    Objects.checkFromIndexSize(newOffset, (long) newLength, newMemory.byteSize());
    memory = newMemory;
    offset = newOffset;
    length = newLength;
  }

  /** Points at nothing. */
  public void clear() {
    memory = MemorySegment.NULL;
    offset = 0;
    length = -1;
  }

  /** Whether this points at bytes, perhaps none. */
  public boolean isSet() {
    return length >= 0;
  }

  /** Number of bytes; 0 if this points at nothing. */
  public int length() {
    return Math.max(0, length);
  }

  /** The memory in which the bytes lie. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where in {@link #memory} they begin. */
  public long offset() {
    return offset;
  }

  /** Byte {@code at}, 0 to 255. */
  public int u8(int at) {
    return memory.get(ValueLayout.JAVA_BYTE, place(at, 1)) & 0xff;
  }

  /** Two bytes, the first one the higher. */
  public int u16(int at) {
    return memory.get(SHORT_BE, place(at, 2)) & 0xffff;
  }

  /** Two bytes, the first one the lower. */
  public int u16le(int at) {
    return memory.get(SHORT_LE, place(at, 2)) & 0xffff;
  }

  /** Four bytes, the first one the highest. */
  public long u32(int at) {
    return memory.get(INT_BE, place(at, 4)) & 0xffffffffL;
  }

  /** Four bytes, the first one the lowest. */
  public long u32le(int at) {
    return memory.get(INT_LE, place(at, 4)) & 0xffffffffL;
  }

  /** A read-only view of its own, for readers that want a buffer. */
  public ByteBuffer asByteBuffer() {
    return memory.asSlice(offset, length()).asByteBuffer().asReadOnlyBuffer();
  }

  private long place(int at, int bytes) {
    return offset + Objects.checkFromIndexSize(at, bytes, length());
  }
}
