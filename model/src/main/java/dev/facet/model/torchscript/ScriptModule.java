package dev.facet.model.torchscript;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An object of a TorchScript class with what it holds, in order.
 *
 * @param type the class, {@code __torch__.type} in the source
 * @param modules the modules inside, by attribute
 * @param parameters its own weights, by attribute
 */
public record ScriptModule(
    String type, Map<String, ScriptModule> modules, Map<String, Weight> parameters) {
  /**
   * A float32 array on the CPU.
   *
   * @param bytes its elements, little-endian, row-major; called once while writing
   */
  public record Weight(Shape shape, Supplier<ByteBuffer> bytes) {
    long byteSize() {
      return Float.BYTES * shape.size();
    }
  }

  /** An object that holds nothing. */
  public static ScriptModule empty(String type) {
    return new ScriptModule(type, Map.of(), Map.of());
  }
}
