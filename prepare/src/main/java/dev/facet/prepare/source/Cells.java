package dev.facet.prepare.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cells hold, in all the forms in which tables are published. */
final class Cells {
  private static final String FROM = "from";
  private static final String VALUE = "value";
  static final Set<String> MODEL = Set.of("gpt", "assistant");
  static final Set<String> HUMAN = Set.of("human", "user");

  /** Under which names an object in a list of captions may have its text. */
  private static final List<String> WRAPPED = List.of("raw", "caption", "text");

  /** What the edges are called: left, top, right, bottom. */
  private static final List<List<String>> EDGES =
      List.of(
          List.of("x1", "y1", "x2", "y2"),
          List.of("left", "top", "right", "bottom"),
          List.of("xmin", "ymin", "xmax", "ymax"),
          List.of("x_min", "y_min", "x_max", "y_max"));

  private Cells() {}

  /** A column of a row, or a field of a structure in it; null if it is not there. */
  static @Nullable JsonNode find(JsonNode row, String name) {
    JsonNode own = row.get(name);
    int dot = name.indexOf('.');
    if (own != null || dot < 0) {
      return own;
    }
    JsonNode outer = row.get(name.substring(0, dot));
    String field = name.substring(dot + 1);
    if (outer == null || !outer.isArray()) {
      return outer == null ? null : find(outer, field);
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : outer) {
      JsonNode value = find(each, field);
      if (value != null) {
        all.add(value);
      }
    }
    return all.isEmpty() ? null : all;
  }

  /** A text, or a number written as one; empty if there is none. */
  static String text(@Nullable JsonNode cell) {
    JsonNode one = cell != null && cell.isArray() ? cell.get(0) : cell;
    return one == null || isNull(one) || !one.isValueNode() ? "" : one.asText();
  }

  /** A text or a list of texts, blank ones too. */
  static List<String> texts(@Nullable JsonNode cell) {
    List<String> texts = new ArrayList<>();
    if (cell != null && !isNull(cell)) {
      for (JsonNode each : cell.isArray() ? cell : List.of(cell)) {
        if (each.isValueNode() && !isNull(each)) {
          texts.add(each.asText());
        }
      }
    }
    return texts;
  }

  /** A text, a list of texts or of objects with one, or what the model says in a conversation. */
  static List<String> captions(@Nullable JsonNode cell) {
    if (cell == null || !cell.isContainerNode()) {
      return texts(cell);
    }
    List<String> texts = new ArrayList<>();
    if (isConversation(cell)) {
      addTurns(cell, MODEL, texts);
      return texts;
    }
    for (JsonNode each : cell.isArray() ? cell : List.of(cell)) {
      texts.addAll(texts(unwrapped(each)));
    }
    return texts;
  }

  /** What somebody says in a conversation. */
  static List<String> turns(@Nullable JsonNode cell, Set<String> speakers) {
    List<String> texts = new ArrayList<>();
    if (cell != null && isConversation(cell)) {
      addTurns(cell, speakers, texts);
    }
    return texts;
  }

  /** A text for each face. */
  static List<String> boxes(@Nullable JsonNode cell) {
    if (cell == null || isNull(cell)) {
      return List.of();
    }
    if (!cell.isArray()) {
      return List.of(box(cell));
    }
    boolean several = false;
    boolean any = false;
    for (JsonNode each : cell) {
      several |= each.isContainerNode() || each.isTextual();
      any |= !isNull(each);
    }
    if (!any) {
      return List.of();
    }
    if (!several) {
      return List.of(box(cell));
    }
    List<String> boxes = new ArrayList<>();
    cell.forEach(each -> boxes.add(box(each)));
    return boxes;
  }

  private static String box(JsonNode cell) {
    if (isNull(cell)) {
      return "";
    }
    if (cell.isTextual()) {
      return cell.textValue();
    }
    for (List<String> names : EDGES) {
      if (cell.isObject() && names.stream().allMatch(cell::has)) {
        ArrayNode edges = JsonNodeFactory.instance.arrayNode();
        names.forEach(name -> edges.add(cell.get(name)));
        return edges.toString();
      }
    }
    return cell.toString();
  }

  private static boolean isConversation(JsonNode cell) {
    return cell.isArray() && !cell.isEmpty() && cell.get(0).has(FROM) && cell.get(0).has(VALUE);
  }

  private static void addTurns(JsonNode turns, Set<String> speakers, List<String> texts) {
    for (JsonNode turn : turns) {
      if (speakers.contains(turn.path(FROM).asText().toLowerCase(Locale.ROOT))) {
        texts.addAll(texts(turn.get(VALUE)));
      }
    }
  }

  /** Karpathy's splits and COCO wrap a text in an object with what else is known of it. */
  private static @Nullable JsonNode unwrapped(JsonNode element) {
    if (!element.isObject()) {
      return element;
    }
    return WRAPPED.stream()
        .map(element::get)
        .filter(text -> text != null && text.isTextual())
        .findFirst()
        .orElse(null);
  }

  /** Nothing, also as pandas writes it. */
  private static boolean isNull(JsonNode cell) {
    return cell.isNull() || (cell.isNumber() && Double.isNaN(cell.doubleValue()));
  }
}
