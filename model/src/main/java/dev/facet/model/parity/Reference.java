package dev.facet.model.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The numbers to compare with. */
record Reference(Weights tensors, NDManager scope) {
  private static final String PIXELS = "pixel_values";
  private static final String IDS = "input_ids";

  static final List<String> INPUTS = List.of(PIXELS, IDS);

  Path file() {
    return tensors.file();
  }

  Set<String> names() {
    return tensors.tensors().keySet();
  }

  /** [N, 3, S, S] float32. */
  NDArray pixels(Architecture sizes) {
    TensorEntry entry = input(PIXELS, "normalised pixels [N, 3, S, S]");
    long side = sizes.imageSize();
    long[] shape = entry.shape();
    if (!entry.type().isFloat() || !Arrays.equals(shape, new long[] {rows(), 3, side, side})) {
      throw wrong(entry, "float numbers of shape (N, 3, " + side + ", " + side + ")");
    }
    return scope.create(entry.floats(), new Shape(shape), DataType.FLOAT32);
  }

  /** [N, T] int64, every one an id of the vocabulary. */
  NDArray ids(Architecture sizes) {
    TensorEntry entry = input(IDS, "token ids [N, T]");
    long[] shape = entry.shape();
    if (entry.type() != TensorType.I64
        || shape.length != 2
        || shape[1] < 1
        || shape[0] != rows()
        || shape[1] > sizes.contextLength()) {
      throw wrong(
          entry, "I64 ids of shape (" + rows() + ", at most " + sizes.contextLength() + ")");
    }
    long[] values = longs(entry);
    for (long id : values) {
      if (id < 0 || id >= sizes.vocabSize()) {
        throw wrong(entry, "ids below the vocabulary's " + sizes.vocabSize() + ", not " + id);
      }
    }
    return scope.create(values, new Shape(shape));
  }

  /** Which pairs are the same, [N] int64. */
  NDArray pairs() {
    TensorEntry entry = input("idx", "numbers of pairs [N]");
    if (entry.type() != TensorType.I64 || !Arrays.equals(entry.shape(), new long[] {rows()})) {
      throw wrong(entry, "I64 numbers of shape (" + rows() + "), one for each pair");
    }
    return scope.create(longs(entry), new Shape(entry.shape()));
  }

  boolean isFloat(String name) {
    TensorEntry entry = tensors.find(name);
    return entry != null && entry.type().isFloat();
  }

  float[] floats(String name) {
    TensorEntry entry = tensors.tensors().get(name);
    if (entry == null || !entry.type().isFloat()) {
      throw FacetException.usage(file() + ": " + name + " holds no float numbers");
    }
    float[] values = new float[Math.toIntExact(entry.elements())];
    entry.floats().asFloatBuffer().get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw FacetException.usage(
            file() + ": " + name + " holds " + value + ", which nothing can be compared with");
      }
    }
    return values;
  }

  /** A number, such as {@code train.alpha}. */
  float number(String name) {
    float[] values = floats(name);
    if (values.length != 1) {
      throw FacetException.usage(
          file() + ": " + name + " holds " + values.length + " numbers, not 1");
    }
    return values[0];
  }

  /** Pairs in the batch: as many as there are pictures. */
  private long rows() {
    TensorEntry entry = input(PIXELS, "normalised pixels [N, 3, S, S]");
    if (entry.shape().length == 0 || entry.shape()[0] < 1) {
      throw wrong(entry, "at least one picture");
    }
    return entry.shape()[0];
  }

  void requireShape(String name, Shape found) {
    TensorEntry entry = tensors.tensors().get(name);
    if (entry != null && !new Shape(entry.shape()).equals(found)) {
      throw wrong(entry, "shape " + found + ", which the model gives");
    }
  }

  private TensorEntry input(String name, String what) {
    TensorEntry entry = tensors.find(name);
    if (entry == null) {
      throw FacetException.usage(file() + " has no " + name + ": expected " + what);
    }
    return entry;
  }

  private static long[] longs(TensorEntry entry) {
    LongBuffer buffer = entry.data().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private FacetException wrong(TensorEntry entry, String expected) {
    return FacetException.usage(
        "%s: %s is %s %s, expected %s"
            .formatted(file(), entry.name(), entry.type(), new Shape(entry.shape()), expected));
  }
}
