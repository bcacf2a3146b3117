package dev.facet.loader.decode;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.EncodedImage;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.BytePointer;

/**
 * One thread's native memory for pictures: a block that grows and is never given back in between,
 * because fresh pages for every picture cost more than decoding it.
 */
final class Scratch implements AutoCloseable {
  private final Pixels pixels = new Pixels();
  private BytePointer block = new BytePointer(1L << 16);

  /** Room for a picture. Ends the previous one. */
  Pixels room(int width, int height) {
    return pixels.at(atLeast(3L * width * height), width, height);
  }

  /** Bytes of this length, of any content. Ends the previous ones. */
  long atLeast(long bytes) {
    if (block.capacity() < bytes) {
      long known = block.capacity();
      block.close();
      block = new BytePointer(); // should the next line fail, nothing points at freed memory
      block = new BytePointer(Math.max(bytes, Math.min(2 * known, bytes + (64L << 20))));
    }
    return block.address();
  }

  /** The native address of encoded bytes, which are copied here first if they are on the heap. */
  long encoded(EncodedImage image) {
    MemorySegment memory = image.memory();
    return memory.isNative() ? memory.address() + image.offset() : copy(image, 0);
  }

  /** Copies encoded bytes here, with room for some more behind them. */
  long copy(EncodedImage image, int more) {
    long address = atLeast((long) image.length() + more);
    MemorySegment.copy(image.memory(), image.offset(), NativeMemory.ALL, address, image.length());
    return address;
  }

  @Override
  public void close() {
    block.close();
  }
}
