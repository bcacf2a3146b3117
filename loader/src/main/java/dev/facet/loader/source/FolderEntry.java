package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code captions.jsonl}.
 *
 * @param image path of the picture, relative to the folder
 * @param box as written; whether it is a box is judged when the row is read
 */
record FolderEntry(
    String image,
    List<String> captions,
    List<Double> box,
    Map<String, String> labels,
    String split,
    @Nullable String id,
    @Nullable String source) {

  /** Parses the JSON object that starts at {@code offset}. */
  static FolderEntry parse(byte[] bytes, int offset, int length) throws IOException {
    JsonNode line = Json.LINE.readTree(bytes, offset, length);
    if (!line.isObject()) {
      throw new IOException("not a JSON object");
    }
    String image = text(line, "image");
    if (image == null) {
      throw new IOException("it has no `image`, the path of the picture");
    }
    String split = text(line, "split");
    return new FolderEntry(
        image,
        captions(line),
        box(line.path("box")),
        labels(line),
        split != null ? split : "train",
        text(line, "id"),
        text(line, "source"));
  }

  private static List<String> captions(JsonNode line) throws IOException {
    JsonNode captions = line.has("captions") ? line.path("captions") : line.path("caption");
    List<String> found = new ArrayList<>();
    for (JsonNode caption : captions.isArray() ? captions : List.of(captions)) {
      if (caption.isTextual()) {
        found.add(caption.textValue());
      } else if (!caption.isNull() && !caption.isMissingNode()) {
        throw new IOException("`captions` must be a list of strings; it holds " + caption);
      }
    }
    return found;
  }

  private static List<Double> box(JsonNode box) {
    List<Double> edges = new ArrayList<>();
    if (!box.isNull() && !box.isMissingNode()) {
      for (JsonNode edge : box.isArray() ? box : List.of(box)) {
        edges.add(edge.isNumber() ? edge.doubleValue() : Double.NaN);
      }
    }
    return edges;
  }

  private static Map<String, String> labels(JsonNode line) {
    Map<String, String> labels = new HashMap<>();
    line.path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    String label = text(line, "label");
    if (label != null) {
      labels.put("label", label);
    }
    return labels;
  }

  /** A string, or a number written as one; null if there is none. */
  private static @Nullable String text(JsonNode line, String name) {
    JsonNode value = line.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
