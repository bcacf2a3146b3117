package dev.facet.loader.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.JsonProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as lists have it: bare {@code NaN} and {@code Infinity} are numbers, for Python writes them
 * where a value is missing.
 */
public final class ListJson {
  public static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private ListJson() {}

  /** A text that is one JSON object and nothing else. */
  public static ObjectNode object(String text) throws MalformedException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode found = parser.readValueAsTree();
      if (!(found instanceof ObjectNode object)) {
        throw new MalformedException("it is no JSON object but " + kind(found));
      }
      JsonToken next = parser.nextToken();
      if (next == JsonToken.START_OBJECT) {
        throw new MalformedException("several objects stand there");
      }
      if (next != null) {
        throw new MalformedException("one object stands there, and then something else");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new MalformedException("it is not JSON (" + JsonProblem.inLine(e) + ")");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory is always readable", e);
    }
  }

  /** What a value is, for people. */
  static String kind(@Nullable JsonNode value) {
    if (value == null) {
      return "nothing";
    }
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case MISSING -> "nothing";
      default -> value.isNull() ? "null" : "an object";
    };
  }
}
