package dev.facet.augment.memory;

import org.bytedeco.javacpp.BytePointer;

/**
 * Native memory that grows and is kept: fresh pages for every picture would cost more than working
 * on it. Not thread-safe.
 */
public final class NativeBlock implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private BytePointer memory = new BytePointer(1);
  private long address = memory.address();
  private long capacity = 1;

  /** The address of this many bytes of any content. Ends the previous ones. */
  public long atLeast(long bytes) {
    if (capacity < bytes) {
      memory.close();
      capacity = Math.max(bytes, capacity + capacity / 2);
      memory = new BytePointer(capacity);
      address = memory.address();
    }
    return address;
  }

  @Override
  public void close() {
    memory.close();
  }
}
