package dev.facet.loader.parquet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A piece of native memory that any thread may read.
 *
 * @param bytes the same memory, for libraries that want a buffer; its position belongs to whoever
 *     fills the block
 */
public record Block(Arena arena, MemorySegment memory, ByteBuffer bytes) {
  /** A buffer cannot be longer. */
  public static final int LONGEST = Integer.MAX_VALUE - 8;

  static Block of(long size) {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(size, Long.BYTES);
    return new Block(arena, memory, memory.asByteBuffer());
  }

  long size() {
    return memory.byteSize();
  }
}
