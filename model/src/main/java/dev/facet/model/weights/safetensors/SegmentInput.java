package dev.facet.model.weights.safetensors;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Mapped memory as a stream, so that a parser never holds more than its own small buffer. */
final class SegmentInput extends InputStream {
  private final MemorySegment bytes;
  private long at;

  SegmentInput(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return at == bytes.byteSize() ? -1 : bytes.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int some = (int) Math.min(length, bytes.byteSize() - at);
    if (some == 0) {
      return length == 0 ? 0 : -1;
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, offset, some);
    at += some;
    return some;
  }
}
