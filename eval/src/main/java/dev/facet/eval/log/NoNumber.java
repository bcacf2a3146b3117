package dev.facet.eval.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads a figure that there may be none of: {@code null} is NaN, as in older logs "NaN" is. */
final class NoNumber extends StdDeserializer<Float> {
  private static final long serialVersionUID = 1L;

  NoNumber() {
    super(Float.class);
  }

  @Override
  public Float deserialize(JsonParser in, DeserializationContext context) throws IOException {
    return _parseFloatPrimitive(in, context);
  }

  @Override
  public Float getNullValue(DeserializationContext context) {
    return Float.NaN;
  }
}
