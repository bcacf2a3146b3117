package dev.facet.model.weights.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.facet.base.FacetException;
import dev.facet.base.JsonProblem;
import dev.facet.base.Printable;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON at the start of a safetensors file, each tensor's entry checked by itself. */
final class SafetensorsHeader {
  /** Characters of all free-form strings together; training tools do put whole configs there. */
  static final int MAX_METADATA = 1 << 20;

  /** Characters of all tensor names together. */
  static final int MAX_NAMES = 2 << 20;

  /** What the format has beside {@link TensorType} (safetensors 0.6, Dtype). */
  private static final Set<String> OTHER_TYPES =
      Set.of("F4", "F6_E2M3", "F6_E3M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "C64", "C128");

  private static final String METADATA = "__metadata__";

  /** What one tensor's entry says: its bytes are begin (inclusive) to end of the data part. */
  record Declared(String name, TensorType type, long[] shape, long begin, long end) {}

  private final Path path;
  private final long dataBytes;
  private final Map<String, Declared> tensors = new LinkedHashMap<>();
  private @Nullable Map<String, String> metadata;
  private int letters;

  private SafetensorsHeader(Path path, long dataBytes) {
    this.path = path;
    this.dataBytes = dataBytes;
  }

  /** Parses and checks a header that is followed by so many bytes of data. */
  static SafetensorsHeader parse(Path path, MemorySegment bytes, long dataBytes) {
    SafetensorsHeader header = new SafetensorsHeader(path, dataBytes);
    if (bytes.get(ValueLayout.JAVA_BYTE, 0) != '{') {
      throw header.broken("its header does not begin with {");
    }
    try (JsonParser json = StrictJson.parser(new SegmentInput(bytes))) {
      header.read(json);
    } catch (JsonProcessingException e) {
      throw header.broken("its header is not valid JSON: " + JsonProblem.of(e));
    } catch (IOException e) {
      throw header.broken("its header cannot be read: " + e.getMessage());
    }
    return header;
  }

  /** By name, in the header's order. */
  Map<String, Declared> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata == null ? Map.of() : metadata;
  }

  FacetException broken(String what) {
    return FacetException.run(
        path + " is not a whole safetensors file: " + what + "; copy or download it again");
  }

  private void read(JsonParser json) throws IOException {
    json.nextToken();
    while (StrictJson.nextField(json)) {
      String name = json.currentName();
      if (name.equals(METADATA)) {
        readMetadata(json);
        continue;
      }
      if (!TensorEntry.isName(name)) {
        throw broken("it names a tensor with control characters or " + name.length() + " letters");
      }
      letters += name.length();
      if (tensors.size() == TensorEntry.MAX_TENSORS || letters > MAX_NAMES) {
        throw broken(
            String.format(
                Locale.ROOT,
                "it declares more than %d tensors or %d letters of names",
                TensorEntry.MAX_TENSORS,
                MAX_NAMES));
      }
      if (tensors.put(name, readTensor(json, name)) != null) {
        throw broken("two tensors are named " + name);
      }
    }
    if (json.nextToken() != null) {
      throw broken("its header goes on after its end");
    }
  }

  private void readMetadata(JsonParser json) throws IOException {
    if (metadata != null) {
      throw broken(METADATA + " is there twice");
    }
    metadata = new LinkedHashMap<>();
    expect(json, JsonToken.START_OBJECT, METADATA + " is no object");
    long text = 0;
    while (StrictJson.nextField(json)) {
      String key = json.currentName();
      expect(json, JsonToken.VALUE_STRING, METADATA + " holds something else than strings");
      text += key.length() + json.getTextLength();
      if (text > MAX_METADATA) {
        throw broken(METADATA + " is longer than " + MAX_METADATA + " characters");
      }
      if (metadata.put(key, json.getText()) != null) {
        throw broken(METADATA + " holds one key twice");
      }
    }
  }

  private Declared readTensor(JsonParser json, String name) throws IOException {
    expect(json, JsonToken.START_OBJECT, name + " is no object");
    String dtype = null;
    long[] shape = null;
    long[] offsets = null;
    while (StrictJson.nextField(json)) {
      String key = json.currentName();
      boolean again;
      switch (key) {
        case "dtype" -> {
          again = dtype != null;
          expect(json, JsonToken.VALUE_STRING, "the dtype of " + name + " is no string");
          dtype = json.getText();
        }
        case "shape" -> {
          again = shape != null;
          shape = readSizes(json, "the shape of " + name, TensorEntry.MAX_RANK);
        }
        case "data_offsets" -> {
          again = offsets != null;
          offsets = readSizes(json, "data_offsets of " + name, 2);
        }
        default -> throw broken(name + " has keys other than dtype, shape and data_offsets");
      }
      if (again) {
        throw broken(name + " has " + key + " twice");
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw broken(name + " lacks its dtype, shape or two data_offsets");
    }
    return declared(name, type(name, dtype), shape, offsets[0], offsets[1]);
  }

  private TensorType type(String name, String dtype) {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    if (OTHER_TYPES.contains(dtype)) {
      throw FacetException.run(
          "%s: %s has the dtype %s, which Facet does not know; save the tensors as float32, float16 or bfloat16 and try again"
              .formatted(path, name, dtype));
    }
    throw broken(name + " has the unknown dtype " + Printable.of(dtype));
  }

  private Declared declared(String name, TensorType type, long[] shape, long begin, long end) {
    long bytes = type.bytes();
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw broken(name + " has a size beyond 64 bits: shape " + Arrays.toString(shape));
    }
    if (begin > end || end > dataBytes || end - begin != bytes) {
      throw broken(
          String.format(
              Locale.ROOT,
              "%s of shape %s and dtype %s (%d bytes) has the byte range %d to %d of %d",
              name,
              Arrays.toString(shape),
              type,
              bytes,
              begin,
              end,
              dataBytes));
    }
    return new Declared(name, type, shape, begin, end);
  }

  /** An array of whole numbers that are not negative. */
  private long[] readSizes(JsonParser json, String what, int limit) throws IOException {
    expect(json, JsonToken.START_ARRAY, what + " is no array");
    long[] sizes = new long[limit];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == limit) {
        throw broken(what + " has more than " + limit + " numbers");
      }
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
          || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || json.getLongValue() < 0) {
        throw broken(what + " holds something else than sizes of 0 to 2^63 - 1");
      }
      sizes[count++] = json.getLongValue();
    }
    return Arrays.copyOf(sizes, count);
  }

  private void expect(JsonParser json, JsonToken token, String otherwise) throws IOException {
    if (json.nextToken() != token) {
      throw broken(otherwise);
    }
  }
}
