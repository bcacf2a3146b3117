package dev.facet.model.weights.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file as a memory map of any size. The layout (huggingface/safetensors, README,
 * "Format"): eight bytes of header length, a JSON header of names to type, shape and byte range,
 * and the bytes. The whole header is checked before any tensor is handed out: ranges inside the
 * file, without overlap or hole, of exactly the size that type and shape say.
 */
public final class SafetensorsFile implements Weights {
  /** The format's own bound; a larger header is an attack or not this format. */
  private static final long MAX_HEADER = 100_000_000;

  private static final ObjectReader HEADER =
      Json.LINE.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path path;
  private final Arena arena;
  private final Map<String, TensorEntry> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Path path, Arena arena, Map<String, TensorEntry> tensors, Map<String, String> metadata) {
    this.path = path;
    this.arena = arena;
    this.tensors = tensors;
    this.metadata = metadata;
  }

  /** Opens and checks a file. */
  @SuppressWarnings("resource") // the arena is closed with this object, or here on failure
  public static SafetensorsFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw FacetException.usage(path + ": no such file");
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return read(path, arena, file);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return path;
  }

  /** In the order of their bytes. */
  @Override
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** The free-form strings of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    arena.close();
  }

  private static SafetensorsFile read(Path path, Arena arena, MemorySegment file) {
    if (file.byteSize() < 8) {
      throw broken(path, "it has " + file.byteSize() + " bytes, less than a header's length");
    }
    long length = file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    if (length < 2 || length > MAX_HEADER || length > file.byteSize() - 8) {
      throw broken(
          path,
          "its header claims " + Long.toUnsignedString(length) + " bytes of " + file.byteSize());
    }
    JsonNode header;
    try {
      header = HEADER.readTree(file.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE));
    } catch (JsonProcessingException e) {
      throw broken(path, "its header is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw broken(path, "its header cannot be read: " + e.getMessage());
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Ranged> ranges = new ArrayList<>();
    MemorySegment data = file.asSlice(8 + length);
    header
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("__metadata__")) {
                field
                    .getValue()
                    .properties()
                    .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
              } else {
                ranges.add(ranged(path, field.getKey(), field.getValue(), data));
              }
            });
    ranges.sort(Comparator.comparingLong(Ranged::begin).thenComparingLong(Ranged::end));
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    long end = 0;
    for (Ranged range : ranges) {
      if (range.begin != end) {
        throw broken(
            path,
            range.entry.name()
                + " begins at byte "
                + range.begin
                + " where "
                + end
                + " was due: tensors overlap or leave a hole");
      }
      end = range.end;
      tensors.put(range.entry.name(), range.entry);
    }
    if (end != data.byteSize()) {
      throw broken(path, "its tensors end at byte " + end + " of " + data.byteSize());
    }
    return new SafetensorsFile(
        path, arena, Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
  }

  private record Ranged(TensorEntry entry, long begin, long end) {}

  private static Ranged ranged(Path path, String name, JsonNode json, MemorySegment data) {
    TensorType type;
    try {
      type = TensorType.valueOf(json.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw broken(path, name + " has the unknown dtype " + json.path("dtype"));
    }
    JsonNode sizes = json.path("shape");
    JsonNode offsets = json.path("data_offsets");
    if (!sizes.isArray() || offsets.size() != 2) {
      throw broken(path, name + " lacks shape or data_offsets");
    }
    long[] shape = new long[sizes.size()];
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    try {
      long bytes = type.bytes();
      for (int i = 0; i < shape.length; i++) {
        shape[i] = sizes.get(i).asLong(-1);
        if (shape[i] < 0) {
          throw broken(path, name + " has the shape " + sizes);
        }
        bytes = Math.multiplyExact(bytes, shape[i]);
      }
      if (begin < 0 || end > data.byteSize() || Math.subtractExact(end, begin) != bytes) {
        throw broken(
            path,
            name
                + " of shape "
                + sizes
                + " and dtype "
                + type
                + " has the byte range "
                + offsets
                + " of "
                + data.byteSize());
      }
    } catch (ArithmeticException e) {
      throw broken(path, name + " has a size beyond 64 bits: shape " + sizes);
    }
    return new Ranged(
        new TensorEntry(name, type, shape, data.asSlice(begin, end - begin)), begin, end);
  }

  private static FacetException broken(Path path, String what) {
    return FacetException.run(
        path + " is not a whole safetensors file: " + what + "; copy or download it again");
  }
}
