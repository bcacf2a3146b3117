package dev.facet.loader.shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Direct buffers that are used again, chunk after chunk. Fresh memory for every chunk would cost a
 * page fault per 4 KiB of pictures, and direct memory is otherwise only given back by the garbage
 * collector.
 */
final class BufferPool implements ByteBufferAllocator {
  private static final int UNIT = 1 << 16;

  /** Buffers lying idle; more are left to the garbage collector. */
  private static final int MOST_IDLE = 64;

  private final List<ByteBuffer> idle = new ArrayList<>();

  @Override
  public ByteBuffer allocate(int size) {
    synchronized (idle) {
      int best = -1;
      for (int i = 0; i < idle.size(); i++) {
        int capacity = idle.get(i).capacity();
        if (capacity >= size && (best < 0 || capacity < idle.get(best).capacity())) {
          best = i;
        }
      }
      // A buffer far too large is kept for those who need it.
      if (best >= 0 && idle.get(best).capacity() / 2 <= Math.max(size, UNIT)) {
        return idle.remove(best).clear().limit(size);
      }
    }
    // A little larger than asked, so that the next row group, of about the same size, fits too.
    long rounded = (size + size / 8L + UNIT - 1) / UNIT * UNIT;
    return ByteBuffer.allocateDirect((int) Math.min(rounded, Integer.MAX_VALUE - 8)).limit(size);
  }

  @Override
  public void release(ByteBuffer buffer) {
    synchronized (idle) {
      if (idle.size() == MOST_IDLE) {
        idle.remove(0);
      }
      idle.add(buffer);
    }
  }

  @Override
  public boolean isDirect() {
    return true;
  }
}
