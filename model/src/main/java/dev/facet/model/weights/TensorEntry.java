package dev.facet.model.weights;

import dev.facet.base.FacetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One tensor of an open file: its bytes are a view of the memory map and end with it.
 *
 * @param shape empty for a scalar
 * @param data little-endian elements in row-major order
 */
public record TensorEntry(String name, TensorType type, long[] shape, MemorySegment data) {
  /** More tensors than any model of this kind has; a file that names more is refused. */
  public static final int MAX_TENSORS = 20_000;

  /** Dimensions; no framework of the field goes further. */
  public static final int MAX_RANK = 16;

  private static final int MAX_NAME = 512;
  private static final int CHUNK = 4096;

  /** Whether a file may call a tensor so: up to 512 characters that a terminal can show. */
  public static boolean isName(String name) {
    return name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl);
  }

  public long elements() {
    return data.byteSize() / type.bytes();
  }

  /**
   * The elements as float32 in direct memory: a view where the file holds float32, else converted,
   * in memory that lives as long as somebody refers to it. For small tensors; see {@link
   * #floats(Arena)}.
   */
  public ByteBuffer floats() {
    return floats(Arena.ofAuto());
  }

  /**
   * The same where the caller decides how long converted elements live. A closed arena gives memory
   * back at once, and it does not count against Java's limit on direct memory.
   *
   * @throws FacetException if the type is not a float type, or the float32 values pass the 2 GiB of
   *     one buffer
   */
  public ByteBuffer floats(Arena arena) {
    if (!type.isFloat()) {
      throw FacetException.run(name + " holds " + type + " elements, where a float type is needed");
    }
    if (elements() > Integer.MAX_VALUE / Float.BYTES) {
      throw FacetException.run(
          name
              + " of shape "
              + Arrays.toString(shape)
              + " is "
              + 4 * elements()
              + " bytes of float32; a single tensor can have 2 GiB, a file any size");
    }
    if (type == TensorType.F32) {
      return data.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    return widened(arena);
  }

  private ByteBuffer widened(Arena arena) {
    int count = Math.toIntExact(elements());
    ByteBuffer out =
        arena.allocate(ValueLayout.JAVA_FLOAT, count).asByteBuffer().order(ByteOrder.nativeOrder());
    FloatBuffer floats = out.asFloatBuffer();
    float[] some = new float[Math.min(count, CHUNK)];
    for (int done = 0; done < count; done += some.length) {
      int length = Math.min(some.length, count - done);
      Float32.read(type, data, done, some, length);
      floats.put(some, 0, length);
    }
    return out;
  }
}
