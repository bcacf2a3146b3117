package dev.facet.loader.decode;

import dev.facet.augment.Pixels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;

/**
 * One thread's native memory for pictures: a block that grows and is never given back in between,
 * because fresh pages for every picture cost more than decoding it.
 */
final class Scratch implements AutoCloseable {
  private final Pixels pixels = new Pixels();
  private BytePointer block = new BytePointer(1L << 20);

  /** Room for a picture. Ends the previous one. */
  Pixels room(int width, int height) {
    return pixels.at(atLeast(3L * width * height), width, height);
  }

  /** Bytes of this length, of any content. Ends the previous ones. */
  long atLeast(long bytes) {
    if (block.capacity() < bytes) {
      block.close();
      block = new BytePointer(Math.max(bytes, Math.min(2 * block.capacity(), bytes + (64L << 20))));
    }
    return block.address();
  }

  /** All of the block, until it grows. */
  MemorySegment segment() {
    return MemorySegment.ofBuffer(block.asByteBuffer());
  }

  /** The native address of encoded bytes, which are copied here first if they are on the heap. */
  long encoded(ByteBuffer bytes) {
    MemorySegment segment = MemorySegment.ofBuffer(bytes);
    if (segment.isNative()) {
      return segment.address();
    }
    long address = atLeast(bytes.remaining());
    block.asByteBuffer().put(0, bytes, bytes.position(), bytes.remaining());
    return address;
  }

  @Override
  public void close() {
    block.close();
  }
}
