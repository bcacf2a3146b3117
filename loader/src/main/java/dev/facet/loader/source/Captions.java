package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.MissingText;
import dev.facet.loader.index.Entry.Caption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What counts as a caption in the values of an entry's caption fields. */
final class Captions {
  /** Under which names an object in a list of captions may have its text. */
  private static final List<String> WRAPPED = List.of("raw", "caption", "text");

  /** Stands in a conversation where the picture is shown. */
  private static final String PICTURE = "<image>";

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
    return missing(fields, valueOf);
  }

  /** A text that stands for none, if there is one: the row will quote it as the reason. */
  private static List<Caption> missing(
      List<CaptionField> fields, Function<String, @Nullable JsonNode> valueOf) {
    for (CaptionField field : fields) {
      JsonNode value = valueOf.apply(field.name());
      if (value != null && value.isTextual() && MissingText.is(value.textValue())) {
        return List.of(new Caption(value.textValue(), 1));
      }
    }
    return List.of();
  }

  /**
   * A text, a list of texts or of objects with one, or a conversation; blank ones and those that
   * {@linkplain MissingText stand for none} are dropped.
   */
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
      value.forEach(each -> add(unwrapped(each), texts));
    }
    return texts;
  }

  private static boolean isConversation(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("from");
  }

  /**
   * What the model answers; where it answers nothing, whatever it says; where nobody is called a
   * model, the second turn, as HumanCaption has it.
   */
  private static void addAnswers(JsonNode turns, List<String> texts) {
    List<String> answers = new ArrayList<>();
    boolean anyModel = false;
    boolean asked = false;
    for (JsonNode turn : turns) {
      String from = turn.path("from").asText();
      if (from.equals("gpt") || from.equals("assistant")) {
        anyModel = true;
        add(said(turn), texts);
        if (asked) {
          add(said(turn), answers);
        }
      } else {
        asked |= !from.equals("system");
      }
    }
    if (!anyModel) {
      add(said(turns.path(1)), texts);
    } else if (!answers.isEmpty()) {
      texts.clear();
      texts.addAll(answers);
    }
  }

  /** What is said in a turn, without the mark that stands for the picture. */
  private static JsonNode said(JsonNode turn) {
    JsonNode value = turn.path("value");
    boolean marked = value.isTextual() && value.textValue().contains(PICTURE);
    return marked ? TextNode.valueOf(value.textValue().replace(PICTURE, "").strip()) : value;
  }

  /** Karpathy's splits and COCO wrap a text in an object with what else is known of it. */
  private static JsonNode unwrapped(JsonNode element) {
    for (String name : element.isObject() ? WRAPPED : List.<String>of()) {
      if (element.path(name).isTextual()) {
        return element.path(name);
      }
    }
    return element;
  }

  private static void add(JsonNode text, List<String> texts) {
    if (text.isTextual() && !text.textValue().isBlank() && !MissingText.is(text.textValue())) {
      texts.add(text.textValue());
    }
  }
}
