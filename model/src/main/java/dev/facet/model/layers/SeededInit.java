package dev.facet.model.layers;

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
 * Initial values of a parameter: normal or uniform with mean 0, or constant. The draw depends on
 * the seed and the parameter's name only, so that adding a layer leaves the others as they were.
 *
 * @param kind what {@code size} is: the standard deviation, the largest value, or the value
 */
public record SeededInit(long seed, Kind kind, double size) {
  enum Kind {
    NORMAL,
    UNIFORM,
    CONSTANT
  }

  /** What others are made from. */
  public static SeededInit of(long seed) {
    return new SeededInit(seed, Kind.CONSTANT, 0);
  }

  public SeededInit std(double newStd) {
    return new SeededInit(seed, Kind.NORMAL, newStd);
  }

  /** Between -bound and bound. */
  public SeededInit uniform(double bound) {
    return new SeededInit(seed, Kind.UNIFORM, bound);
  }

  public SeededInit constant(double value) {
    return new SeededInit(seed, Kind.CONSTANT, value);
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
        double value =
            switch (kind) {
              case NORMAL -> random.nextGaussian() * size;
              case UNIFORM -> (2 * random.nextDouble() - 1) * size;
              case CONSTANT -> size;
            };
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
