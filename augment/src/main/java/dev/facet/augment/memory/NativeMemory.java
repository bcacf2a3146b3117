package dev.facet.augment.memory;

import java.lang.foreign.MemorySegment;

/** Native memory by address: a segment per picture would be an object per picture. */
public final class NativeMemory {
  /**
   * All of it as one constant segment: offsets are addresses. Nothing is checked, so whoever hands
   * an address around vouches for it.
   */
  @SuppressWarnings("restricted") // Native decoders hand out bare addresses.
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private NativeMemory() {}
}
