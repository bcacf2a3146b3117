package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON as lists have it: bare {@code NaN} and {@code Infinity} are numbers, for Python writes them
 * where a value is missing.
 */
final class ListJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final ObjectReader WHOLE =
      MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ListJson() {}

  /** A text that is one JSON object and nothing else. */
  static ObjectNode object(String text) throws MalformedException {
    try {
      JsonNode found = WHOLE.readValue(text);
      if (found instanceof ObjectNode object) {
        return object;
      }
      throw new MalformedException("it is no JSON object but " + kind(found));
    } catch (JsonProcessingException e) {
      throw new MalformedException("it is not JSON (" + reason(e) + ")");
    }
  }

  /** What Jackson says of broken JSON, cut to what a line of a report takes. */
  static String reason(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) {
      return "one object stands there, and then something else";
    }
    // Its own notes on where and with which settings it reads are for programmers.
    String message =
        String.valueOf(e.getOriginalMessage())
            .lines()
            .findFirst()
            .orElse("")
            .replaceAll(" \\(start marker at .*|: was expecting \\(JSON String, .*", "");
    String shown = message.length() <= 200 ? message : message.substring(0, 200) + "...";
    return e.getLocation() == null
        ? shown
        : shown + ", column " + Math.max(1, e.getLocation().getColumnNr());
  }

  /** What a value is, for people. */
  static String kind(JsonNode value) {
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
