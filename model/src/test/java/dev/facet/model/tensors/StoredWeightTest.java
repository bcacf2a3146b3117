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

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
