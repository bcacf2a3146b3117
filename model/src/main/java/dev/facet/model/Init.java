package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import dev.facet.model.ops.Ops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Initial values of a parameter: normal with mean 0, or constant. The draw depends on the seed and
 * the parameter's name only, so that adding a layer leaves the others as they were.
 *
 * @param constant value where {@code std} is 0
 */
record Init(long seed, double std, double constant) {
  Init std(double newStd) {
    return new Init(seed, newStd, 0);
  }

  Init constant(double value) {
    return new Init(seed, 0, value);
  }

  Initializer named(String name) {
    return (manager, shape, type) -> draw(name, manager, shape, type);
  }

  private NDArray draw(String name, NDManager manager, Shape shape, DataType type) {
    if (type != DataType.FLOAT32) {
      throw new IllegalArgumentException("weights are float32, not " + type);
    }
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed ^ crc.getValue() << 32);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(ValueLayout.JAVA_FLOAT, shape.size());
      for (long i = 0; i < shape.size(); i++) {
        double value = std == 0 ? constant : random.nextGaussian() * std;
        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      }
      // A copy in libtorch's own memory: what Java hands over stays Java's, and counts against its
      // limit on direct memory.
      ByteBuffer bytes = values.asByteBuffer().order(ByteOrder.nativeOrder());
      try (NDArray view = manager.create(bytes, shape, DataType.FLOAT32)) {
        return Ops.get().copy(manager, view);
      }
    }
  }
}
