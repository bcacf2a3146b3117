package dev.facet.eval.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The expected numbers; see the README beside them. */
final class Golden {
  private static final ByteBuffer FILE =
      ByteBuffer.wrap(read("retrieval.safetensors")).order(ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER = (int) FILE.getLong(0);
  private static final JsonNode TENSORS =
      json(new String(FILE.array(), 8, HEADER, StandardCharsets.UTF_8));
  static final JsonNode EXPECTED = json(new String(read("expected.json"), StandardCharsets.UTF_8));

  private Golden() {}

  static Embeddings embeddings(String name) {
    ByteBuffer data = data(name);
    float[] values = new float[data.remaining() / 4];
    data.asFloatBuffer().get(values);
    return new Embeddings(values, TENSORS.get(name).get("shape").get(1).asInt());
  }

  static long[] longs(String name) {
    ByteBuffer data = data(name);
    long[] values = new long[data.remaining() / 8];
    data.asLongBuffer().get(values);
    return values;
  }

  static int[] ints(String name) {
    long[] values = longs(name);
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = Math.toIntExact(values[i]);
    }
    return ints;
  }

  private static ByteBuffer data(String name) {
    JsonNode offsets = TENSORS.get(name).get("data_offsets");
    int from = offsets.get(0).asInt();
    return FILE.slice(8 + HEADER + from, offsets.get(1).asInt() - from)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static JsonNode json(String text) {
    try {
      return Json.LINE.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/retrieval/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
