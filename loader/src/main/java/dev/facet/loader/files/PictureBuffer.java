package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * One thread's memory for the picture it reads, which grows to the largest one met. Its bytes are
 * valid until the same thread reads its next picture.
 */
public final class PictureBuffer {
  /** Larger than a 100-megapixel JPEG. */
  static final int MOST_BYTES = 64 << 20;

  private static final ThreadLocal<PictureBuffer> OF_THREAD =
      ThreadLocal.withInitial(PictureBuffer::new);

  private MemorySegment memory;
  private ByteBuffer bytes;

  private PictureBuffer() {
    memory = Arena.ofAuto().allocate(1 << 18);
    bytes = memory.asByteBuffer();
  }

  public static PictureBuffer ofThread() {
    return OF_THREAD.get();
  }

  public MemorySegment memory() {
    return memory;
  }

  int capacity() {
    return bytes.capacity();
  }

  /** The memory as a buffer over its first {@code size} bytes; what was in it may be lost. */
  public ByteBuffer bytes(long size, String name) throws BadSampleException {
    refuseTooLarge(size, name);
    if (capacity() < size) {
      replace((int) size);
    }
    return bytes.clear().limit((int) size);
  }

  /** Makes room for more than there is; what was in it stays. */
  void grow(String name) throws BadSampleException {
    refuseTooLarge(capacity(), name);
    MemorySegment old = memory;
    replace(capacity());
    MemorySegment.copy(old, 0, memory, 0, old.byteSize());
  }

  /** One byte more than is allowed, so that a file of just that size can be told from longer. */
  private void replace(int size) {
    memory = Arena.ofAuto().allocate(Math.min(2L * size, MOST_BYTES + 1L));
    bytes = memory.asByteBuffer();
  }

  private static void refuseTooLarge(long size, String name) throws BadSampleException {
    if (size > MOST_BYTES) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          String.format(Locale.ROOT, "%s has %d bytes or more, over %d", name, size, MOST_BYTES));
    }
  }
}
