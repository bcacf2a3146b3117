package dev.facet.model.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.names.NameRule;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** A model's weights on their way into a file, under the file's names. */
public final class WeightWriter {
  private final SafetensorsWriter writer;
  private final TensorType type;

  /**
   * @param type F32, exact to the bit, or one of the two of 16 bits, rounded
   */
  public WeightWriter(SafetensorsWriter writer, TensorType type) {
    this.writer = writer;
    this.type = type;
  }

  /** Declares a weight under a name of its own; whole numbers stay whole. */
  public void add(String name, NDArray weight) {
    if (typeOf(weight) == TensorType.I64) {
      writer.add(name, TensorType.I64, weight.getShape().getShape(), () -> bytes(weight));
    } else {
      add(name, weight.getShape(), () -> bytes(weight));
    }
  }

  /** What an array is in a file that changes nothing of it. */
  public static TensorType typeOf(NDArray array) {
    return array.getDataType() == DataType.INT64 ? TensorType.I64 : TensorType.F32;
  }

  /** Declares what a rule makes of the model's weights. */
  public void add(NameRule rule, Map<String, NDArray> weights) {
    List<NDArray> ours = new ArrayList<>();
    for (String name : rule.ours()) {
      ours.add(Objects.requireNonNull(weights.get(name), name));
    }
    NDArray first = ours.getFirst();
    Shape shape = first.getShape();
    String name = rule.theirs().getFirst();
    switch (rule.form()) {
      case SAME -> add(name, first);
      case TRANSPOSED ->
          add(
              name,
              new Shape(shape.get(1), shape.get(0)),
              () -> {
                try (NDArray turned = Ops.inference(() -> Ops.get().transposed(first))) {
                  return bytes(turned);
                }
              });
      case SCALAR, SINGLE -> add(name, new Shape(), () -> bytes(first));
      case LEADING_ONE -> add(name, new Shape(1).addAll(shape), () -> bytes(first));
      case FUSED -> add(name, rows(shape, ours.size(), 1), () -> joined(ours));
      case QUERY_APART -> {
        int third = Math.toIntExact(4 * shape.size() / 3);
        add(name, rows(shape, 1, 3), () -> bytes(first).slice(0, third));
        add(rule.theirs().get(1), rows(shape, 2, 3), () -> bytes(first).slice(third, 2 * third));
      }
    }
  }

  private void add(String name, Shape shape, Supplier<ByteBuffer> floats) {
    writer.add(name, type, shape.getShape(), () -> NumberRounding.to(type, floats.get(), name));
  }

  /** The same with a multiple or a fraction of the rows. */
  private static Shape rows(Shape shape, int times, int of) {
    long[] sizes = shape.getShape().clone();
    sizes[0] = sizes[0] * times / of;
    return new Shape(sizes);
  }

  private static ByteBuffer joined(List<NDArray> parts) {
    int size = parts.stream().mapToInt(part -> Math.toIntExact(4 * part.size())).sum();
    ByteBuffer all = ByteBuffer.allocate(size);
    parts.forEach(part -> all.put(bytes(part)));
    return all.flip();
  }

  static ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
