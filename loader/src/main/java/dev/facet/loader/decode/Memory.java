package dev.facet.loader.decode;

import java.lang.foreign.MemorySegment;

/**
 * All of native memory as one constant segment: reading through it makes no object, as a segment
 * per picture would. Nothing is checked, so who uses it keeps to memory it owns.
 */
final class Memory {
  static final MemorySegment ALL = all();

  private Memory() {}

  @SuppressWarnings("restricted") // Native decoders hand out bare addresses.
  private static MemorySegment all() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }
}
