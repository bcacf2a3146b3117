package dev.facet.model.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor of an open file: its bytes are a view of the memory map and end with it.
 *
 * @param shape empty for a scalar
 * @param data little-endian elements in row-major order
 */
public record TensorEntry(String name, TensorType type, long[] shape, MemorySegment data) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public long elements() {
    return data.byteSize() / type.bytes();
  }

  /**
   * The elements as float32 in direct memory: a view where the file holds float32, else converted.
   *
   * @throws IllegalStateException if the type is not a float type of at most 32 bits
   */
  public ByteBuffer floats() {
    if (type == TensorType.F32) {
      return data.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    if (!type.isFloat()) {
      throw new IllegalStateException(name + " is " + type + ", not a float tensor");
    }
    int count = Math.toIntExact(elements());
    ByteBuffer out = ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      short bits = data.getAtIndex(SHORT, i);
      out.putFloat(
          4 * i,
          type == TensorType.F16
              ? Float.float16ToFloat(bits)
              : Float.intBitsToFloat((bits & 0xFFFF) << 16));
    }
    return out;
  }
}
