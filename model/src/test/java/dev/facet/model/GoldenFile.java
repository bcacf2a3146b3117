package dev.facet.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/** Numbers that another program computed, by name. */
public final class GoldenFile implements AutoCloseable {
  private final SafetensorsFile file;

  public GoldenFile(Path path) throws IOException {
    file = SafetensorsFile.open(path);
  }

  public SafetensorsFile file() {
    return file;
  }

  private TensorEntry entry(String name) {
    return Objects.requireNonNull(file.find(name), name);
  }

  public NDArray array(NDManager scope, String name) {
    TensorEntry entry = entry(name);
    ByteBuffer bytes = entry.data().asByteBuffer().order(ByteOrder.nativeOrder());
    DataType type = entry.type() == TensorType.I64 ? DataType.INT64 : DataType.FLOAT32;
    return scope.create(bytes, new Shape(entry.shape()), type);
  }

  public float[] floats(String name) {
    TensorEntry entry = entry(name);
    float[] values = new float[Math.toIntExact(entry.elements())];
    entry.floats().asFloatBuffer().get(values);
    return values;
  }

  public long[] longs(String name) {
    TensorEntry entry = entry(name);
    long[] values = new long[Math.toIntExact(entry.elements())];
    entry.data().asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer().get(values);
    return values;
  }

  /** The largest absolute difference. */
  public double distance(NDArray found, String name) {
    return distance(found.toFloatArray(), floats(name));
  }

  public static double distance(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      double difference = Math.abs((double) found[i] - expected[i]);
      // A comparison with something that is no number is false, whichever way it is asked.
      largest = difference <= largest ? largest : difference;
    }
    return largest;
  }

  @Override
  public void close() {
    file.close();
  }

  /** A folder or file of this module's test resources. */
  public static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(GoldenFile.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
