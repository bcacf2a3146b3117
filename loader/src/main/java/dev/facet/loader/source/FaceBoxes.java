package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.loader.index.Entry.FaceBox;
import dev.facet.loader.json.ListJson;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which lists write a box: four numbers, as numbers or as texts; a text that holds them
 * as JSON; a list of such boxes or texts, of which the first counts.
 */
final class FaceBoxes {
  /** As much of a wrong box as a message shows. */
  private static final int SHOWN = 200;

  private FaceBoxes() {}

  /** The box; null if there is none. */
  static @Nullable FaceBox of(@Nullable JsonNode value) {
    return value == null ? null : read(value, value, 3);
  }

  /** Lists in texts in lists are followed {@code depth} levels down. */
  private static @Nullable FaceBox read(JsonNode value, JsonNode whole, int depth) {
    if (value.isNull() || value.isMissingNode() || (value.isArray() && value.isEmpty())) {
      return null;
    }
    if (value.isTextual()) {
      return value.textValue().isBlank() ? null : readText(value.textValue(), whole, depth);
    }
    if (!value.isArray()) {
      return bad(whole);
    }
    JsonNode first = value.get(0);
    if (depth > 0 && (first.isArray() || (first.isTextual() && value.size() != 4))) {
      return read(first, whole, depth - 1);
    }
    double[] edges = new double[4];
    for (int i = 0; i < 4; i++) {
      edges[i] = number(value.path(i));
      if (!Double.isFinite(edges[i])) {
        boolean boxes = i == 0 && depth > 0 && first.isTextual();
        return boxes ? read(first, whole, depth - 1) : bad(whole);
      }
    }
    return value.size() == 4
        ? new FaceBox.Edges(edges[0], edges[1], edges[2], edges[3])
        : bad(whole);
  }

  private static @Nullable FaceBox readText(String text, JsonNode whole, int depth) {
    try {
      JsonNode inside = ListJson.MAPPER.readTree(text);
      return depth > 0 && inside.isArray() ? read(inside, whole, depth - 1) : bad(whole);
    } catch (JsonProcessingException e) {
      return bad(whole);
    }
  }

  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual()) {
      try {
        return Double.parseDouble(value.textValue());
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
    return Double.NaN;
  }

  private static FaceBox bad(JsonNode whole) {
    String text = whole.toString();
    return new FaceBox.Bad(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
  }
}
