package dev.facet.model.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredWeightTest {
  private static final int COUNT = 4 << 20;

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void weightsOf16BitsTakeNothingOfJavasDirectMemory(TensorType type) {
    try (Arena file = Arena.ofConfined();
        NDManager scope = NDManager.newBaseManager()) {
      MemorySegment data = file.allocate(ValueLayout.JAVA_SHORT, COUNT);
      short one = type == TensorType.F16 ? Float.floatToFloat16(1) : (short) 0x3F80;
      data.setAtIndex(ValueLayout.JAVA_SHORT, COUNT - 1, one);
      StoredWeight weight = StoredWeight.of(new TensorEntry("a", type, new long[] {COUNT}, data));
      long before = directMemory();
      try (NDArray read = weight.read().apply(scope)) {
        assertThat(directMemory() - before).isLessThan(COUNT);
        assertThat(read.sum().getFloat()).as("the copy outlives its source").isEqualTo(1);
      }
    }
  }

  @Test
  void weightsOf32BitsAreCopiedOutOfTheFile() {
    try (NDManager scope = NDManager.newBaseManager()) {
      NDArray read;
      try (Arena file = Arena.ofConfined()) {
        MemorySegment data = file.allocate(ValueLayout.JAVA_FLOAT, 2);
        data.setAtIndex(ValueLayout.JAVA_FLOAT, 1, 3);
        read =
            StoredWeight.of(new TensorEntry("a", TensorType.F32, new long[] {2}, data))
                .read()
                .apply(scope);
      }
      assertThat(read.toFloatArray()).containsExactly(0, 3);
    }
  }

  /** Values of torch 2.13 for these bits. */
  @Test
  void otherFloatTypesBecomeTheirNumbers() {
    assertThat(floats(TensorType.F8_E4M3, 0, 1, 8, 0x38, 0x7E, 0xC4, 0x80))
        .containsExactly(0f, 0.001953125f, 0.015625f, 1f, 448f, -3f, -0f);
    assertThat(floats(TensorType.F8_E4M3, 0x7F, 0xFF)).containsOnly(Float.NaN);
    assertThat(floats(TensorType.F8_E5M2, 0, 1, 4, 0x3C, 0x7B, 0x7C, 0xC2))
        .containsExactly(0f, 0x1p-16f, 0x1p-14f, 1f, 57344f, Float.POSITIVE_INFINITY, -3f);
    long half = Double.doubleToLongBits(0.1);
    int[] bytes = new int[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (int) (half >>> (8 * i)) & 0xFF;
    }
    assertThat(floats(TensorType.F64, bytes)).containsExactly(0.1f);
  }

  private static float[] floats(TensorType type, int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    long[] shape = {bytes.length / type.bytes()};
    float[] values = new float[(int) shape[0]];
    new TensorEntry("a", type, shape, MemorySegment.ofArray(data))
        .floats()
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
