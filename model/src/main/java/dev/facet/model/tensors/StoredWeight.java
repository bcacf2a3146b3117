package dev.facet.model.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A weight on its way from a file into a model.
 *
 * @param origin its name in the file
 * @param shape as the model gets it
 * @param type as the file has it
 * @param read makes the array, float32 or int64, in memory of its own
 */
public record StoredWeight(
    String origin, Shape shape, TensorType type, Function<NDManager, NDArray> read) {

  /** As it lies in the file. */
  public static StoredWeight of(TensorEntry entry) {
    return new StoredWeight(
        entry.name(),
        new Shape(entry.shape()),
        entry.type(),
        manager -> {
          // The copy outlives the file and is aligned, so that the same numbers come out of vector
          // kernels in every process.
          try (Arena arena = Arena.ofConfined();
              NDArray view = view(manager, entry, arena)) {
            return Ops.get().copy(manager, view);
          }
        });
  }

  /** Changed on the way; {@code change} makes a new array of the given shape. */
  public StoredWeight changed(Shape to, UnaryOperator<NDArray> change) {
    return new StoredWeight(
        origin,
        to,
        type,
        manager -> {
          try (NDManager scope = manager.newSubManager()) {
            NDArray result = Ops.inference(() -> change.apply(read.apply(scope)));
            result.attach(manager);
            return result;
          }
        });
  }

  /** On the CPU this shares memory of the file or the arena, which must stay open as long. */
  public static NDArray view(NDManager manager, TensorEntry entry, Arena arena) {
    if (entry.type() == TensorType.I64) {
      ByteBuffer numbers = entry.data().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return manager.create(numbers, new Shape(entry.shape()), DataType.INT64);
    }
    return manager.create(entry.floats(arena), new Shape(entry.shape()), DataType.FLOAT32);
  }
}
