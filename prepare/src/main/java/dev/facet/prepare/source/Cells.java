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
  private static final Set<String> MODEL = Set.of("gpt", "assistant");
  private static final Set<String> HUMAN = Set.of("human", "user");
  private static final String SYSTEM = "system";

  /** Stands in a conversation where the picture is shown. */
  private static final String PICTURE = "<image>";

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
    if (isConversation(cell)) {
      return answers(cell);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : cell.isArray() ? cell : List.of(cell)) {
      texts.addAll(texts(unwrapped(each)));
    }
    return texts;
  }

  /** What the human says in a conversation. */
  static List<String> prompts(@Nullable JsonNode cell) {
    List<String> texts = new ArrayList<>();
    for (JsonNode turn : cell != null && isConversation(cell) ? cell : List.<JsonNode>of()) {
      if (HUMAN.contains(speaker(turn))) {
        texts.addAll(said(turn));
      }
    }
    return texts;
  }

  /** What the model answers; where it answers nothing, whatever it says. */
  private static List<String> answers(JsonNode turns) {
    List<String> all = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    boolean asked = false;
    for (JsonNode turn : turns) {
      if (MODEL.contains(speaker(turn))) {
        all.addAll(said(turn));
        answers.addAll(asked ? said(turn) : List.of());
      } else {
        asked |= !speaker(turn).equals(SYSTEM);
      }
    }
    return answers.stream().allMatch(String::isBlank) ? all : answers;
  }

  private static String speaker(JsonNode turn) {
    return turn.path(FROM).asText().toLowerCase(Locale.ROOT);
  }

  /** What is said in a turn, without the mark that stands for the picture. */
  private static List<String> said(JsonNode turn) {
    return texts(turn.get(VALUE)).stream()
        .map(text -> text.contains(PICTURE) ? text.replace(PICTURE, "").strip() : text)
        .toList();
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
    if (!cell.isArray()) {
      return false;
    }
    for (JsonNode turn : cell) {
      if (turn.has(FROM) && turn.has(VALUE)) {
        return true;
      }
    }
    return false;
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
