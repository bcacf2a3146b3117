package dev.facet.model.tensors;

import dev.facet.base.FacetException;
import dev.facet.model.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** float32 values in a type of 16 bits, each rounded to the nearest, ties to even (IEEE 754). */
public final class NumberRounding {
  private NumberRounding() {}

  /** Float.floatToFloat16 makes these of all that is too large. */
  private static final short INFINITY = 0x7C00;

  /**
   * Little-endian bytes of the type; float32 stays what it is.
   *
   * @param name for the message
   * @throws FacetException if a finite value has no finite neighbour in float16
   */
  static ByteBuffer to(TensorType type, ByteBuffer floats, String name) {
    if (type == TensorType.F32) {
      return floats;
    }
    FloatBuffer values = floats.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    ByteBuffer out = ByteBuffer.allocate(2 * values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    ShortBuffer halves = out.asShortBuffer();
    while (values.hasRemaining()) {
      float value = values.get();
      halves.put(
          switch (type) {
            case F16 -> float16(value, name);
            case BF16 -> bfloat16(value);
            default -> throw new IllegalArgumentException("weights are not written as " + type);
          });
    }
    return out;
  }

  /** What PyTorch calls the type. */
  public static String torchName(TensorType type) {
    return switch (type) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      default -> throw new IllegalArgumentException("weights are not written as " + type);
    };
  }

  private static short float16(float value, String name) {
    short half = Float.floatToFloat16(value);
    if ((half & 0x7FFF) == INFINITY && Float.isFinite(value)) {
      throw FacetException.usage(
          name + " holds " + value + ", beyond float16's 65504; write bfloat16 instead");
    }
    return half;
  }

  /** The upper half of a float32. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 1);
    }
    return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }
}
