package dev.facet.model.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Other float types as float32. */
final class Float32 {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Float32() {}

  /**
   * Reads some elements. Through small arrays where it is of use, because such loops become vector
   * instructions.
   *
   * @param from the first of them
   */
  static void read(TensorType type, MemorySegment data, int from, float[] to, int count) {
    switch (type) {
      case F16, BF16 -> halves(type, data, from, to, count);
      case F64 -> {
        for (int i = 0; i < count; i++) {
          to[i] = (float) data.getAtIndex(DOUBLE, (long) from + i);
        }
      }
      case F8_E4M3, F8_E5M2 -> {
        for (int i = 0; i < count; i++) {
          byte bits = data.get(ValueLayout.JAVA_BYTE, (long) from + i);
          to[i] = type == TensorType.F8_E4M3 ? e4m3(bits) : e5m2(bits);
        }
      }
      default -> throw new IllegalArgumentException(type + " is no other float type");
    }
  }

  private static void halves(TensorType type, MemorySegment data, int from, float[] to, int count) {
    short[] bits = new short[count];
    MemorySegment.copy(data, SHORT, 2L * from, bits, 0, count);
    if (type == TensorType.F16) {
      for (int i = 0; i < count; i++) {
        to[i] = Float.float16ToFloat(bits[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        to[i] = Float.intBitsToFloat(bits[i] << 16);
      }
    }
  }

  /**
   * A sign, 4 bits of exponent of bias 7, 3 of fraction; no infinities, and both values of all ones
   * are NaN (Micikevicius et al. 2022, "FP8 formats for deep learning", table 1).
   */
  private static float e4m3(byte bits) {
    int magnitude = bits & 0x7F;
    if (magnitude == 0x7F) {
      return Float.NaN;
    }
    int exponent = magnitude >> 3;
    float fraction = magnitude & 7;
    float value =
        exponent == 0 ? Math.scalb(fraction, -9) : Math.scalb(fraction + 8, exponent - 10);
    return bits < 0 ? -value : value;
  }

  /** The upper half of a float16. */
  private static float e5m2(byte bits) {
    return Float.float16ToFloat((short) (bits << 8));
  }
}
