package dev.facet.augment;

import java.lang.foreign.MemorySegment;

/** Native memory by address: a segment per picture would be an object per picture. */
final class NativeMemory {
  private NativeMemory() {}

  /** All of it: offsets are addresses. Whoever hands an address around vouches for it. */
  @SuppressWarnings("restricted") // Addresses come from OpenCV and from this package's callers.
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
}
