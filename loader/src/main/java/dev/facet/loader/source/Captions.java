package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.index.Entry.Caption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What counts as a caption in the values of an entry's caption fields. */
final class Captions {
  private Captions() {}

  /**
   * The captions of an entry, as {@link CaptionField} describes the choice.
   *
   * @param valueOf the value of a field, null where it is missing
   */
  static List<Caption> of(List<CaptionField> fields, Function<String, @Nullable JsonNode> valueOf) {
    List<Caption> weighted = new ArrayList<>();
    for (CaptionField field : fields) {
      if (field.weight() > 0) {
        List<String> texts = texts(valueOf.apply(field.name()));
        texts.forEach(text -> weighted.add(new Caption(text, field.weight() / texts.size())));
      }
    }
    if (!weighted.isEmpty()) {
      return weighted;
    }
    for (CaptionField field : fields) {
      List<String> texts = texts(valueOf.apply(field.name()));
      if (!texts.isEmpty()) {
        return texts.stream().map(text -> new Caption(text, 1)).toList();
      }
    }
    return List.of();
  }

  /** A text, a list of them, or a conversation; blank ones are dropped. */
  static List<String> texts(@Nullable JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    }
    if (value.isTextual()) {
      add(value, texts);
    } else if (isConversation(value)) {
      addAnswers(value, texts);
    } else if (value.isArray()) {
      value.forEach(each -> add(each, texts));
    }
    return texts;
  }

  private static boolean isConversation(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("from");
  }

  /** What the model says; where nobody is called one, the second turn, as HumanCaption has it. */
  private static void addAnswers(JsonNode turns, List<String> texts) {
    boolean anyModel = false;
    for (JsonNode turn : turns) {
      String from = turn.path("from").asText();
      if (from.equals("gpt") || from.equals("assistant")) {
        anyModel = true;
        add(turn.path("value"), texts);
      }
    }
    if (!anyModel) {
      add(turns.path(1).path("value"), texts);
    }
  }

  private static void add(JsonNode text, List<String> texts) {
    if (text.isTextual() && !text.textValue().isBlank()) {
      texts.add(text.textValue());
    }
  }
}
