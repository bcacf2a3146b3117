package dev.facet.model.weights.safetensors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes a safetensors file tensor by tensor: shapes are declared first, bytes fetched one tensor
 * at a time, so that the peak is one tensor, not a model.
 */
public final class SafetensorsWriter {
  private record Declared(TensorType type, long[] shape, Supplier<ByteBuffer> bytes) {
    long size() {
      return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
    }
  }

  /** A channel copies arrays into direct memory of its thread, as much as it gets at once. */
  private static final int SLICE = 1 << 20;

  private final Map<String, Declared> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** Declares a tensor; {@code bytes} is called once while writing, little-endian, row-major. */
  public SafetensorsWriter add(
      String name, TensorType type, long[] shape, Supplier<ByteBuffer> bytes) {
    if (tensors.put(name, new Declared(type, shape.clone(), bytes)) != null) {
      throw new IllegalArgumentException("two tensors named " + name);
    }
    return this;
  }

  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Writes all to a new file. */
  public void write(Path path) throws IOException {
    ObjectNode header = Json.LINE.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject("__metadata__");
      metadata.forEach(node::put);
    }
    long offset = 0;
    for (Map.Entry<String, Declared> each : tensors.entrySet()) {
      ObjectNode node = header.putObject(each.getKey());
      node.put("dtype", each.getValue().type.name());
      for (long size : each.getValue().shape) {
        node.withArray("shape").add(size);
      }
      node.withArray("shape");
      long end = offset + each.getValue().size();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = Json.LINE.writeValueAsBytes(header);
    // Readers that map the file want the data aligned; the format allows trailing spaces.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    head.put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII)).flip();
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(channel, head);
      for (Map.Entry<String, Declared> each : tensors.entrySet()) {
        ByteBuffer bytes = each.getValue().bytes.get();
        if (bytes.remaining() != each.getValue().size()) {
          throw new IllegalStateException(
              each.getKey()
                  + " has "
                  + bytes.remaining()
                  + " bytes, declared "
                  + each.getValue().size());
        }
        writeAll(channel, bytes);
      }
    }
  }

  private static void writeAll(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + SLICE));
      channel.write(bytes);
    }
  }
}
