package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.GitLfs;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Fields;
import dev.facet.loader.files.Endings;
import dev.facet.loader.json.ListJson;
import dev.facet.loader.json.MalformedException;
import dev.facet.loader.text.LineReader;
import dev.facet.loader.text.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a picture, as one object: the keys of its JSON file, the texts of its text files
 * under their names, and those that are captions under the name {@code txt}.
 */
final class TextObject {
  /** What the text beside a picture may end with; the first that is there counts. */
  static final List<String> ENDINGS = List.of("txt", "text", "caption");

  private static final String TEXT = "txt";

  private final ObjectNode object = ListJson.MAPPER.createObjectNode();
  private final ArrayNode captions = ListJson.MAPPER.createArrayNode();
  private int ending = ENDINGS.size();
  private @Nullable MalformedException unusable;

  /**
   * The fields of a source whose captions may stand in text files: these come last, where nobody
   * says when.
   */
  static Fields withText(Fields fields) {
    boolean decided =
        fields.captions().stream().anyMatch(f -> f.name().equals(TEXT) || f.weight() > 0);
    if (decided) {
      return fields;
    }
    List<CaptionField> captions = new ArrayList<>(fields.captions());
    captions.add(new CaptionField(TEXT, 0));
    return fields.captioned(captions);
  }

  /**
   * Puts both together.
   *
   * @param lines whether each line of the text is a caption of its own
   * @throws MalformedException if the JSON is none, for then nobody knows the box and the split, or
   *     if the text is no UTF-8 and the JSON has no caption in its place
   */
  static ObjectNode of(byte @Nullable [] json, byte @Nullable [] text, boolean lines, Fields fields)
      throws MalformedException {
    TextObject both = new TextObject();
    if (json != null) {
      both.addJson(json);
    }
    if (text != null) {
      both.addText(TEXT, text, lines);
    }
    return both.finish(fields);
  }

  /** Adds the keys of a JSON file; what is there already stays. */
  void addJson(byte[] json) throws MalformedException {
    try {
      ListJson.object(decoded(json))
          .properties()
          .forEach(
              each -> {
                if (!object.has(each.getKey())) {
                  object.set(each.getKey(), each.getValue());
                }
              });
    } catch (MalformedException e) {
      throw new MalformedException("its .json cannot be used: " + e.getMessage());
    }
  }

  /**
   * Adds a text under its name, unless a key of the JSON is called so. If it ends as captions do,
   * it is one, together with those that end alike.
   *
   * @param name what its file is called behind the picture's name
   * @param lines whether each line of it is a caption of its own
   */
  void addText(String name, byte[] text, boolean lines) {
    try {
      ArrayNode its = ListJson.MAPPER.createArrayNode();
      String all = decoded(text);
      (lines ? all.lines() : Stream.of(all)).map(String::strip).forEach(its::add);
      addCaptions(ENDINGS.indexOf(Endings.of("." + name)), its);
      if (!object.has(name)) {
        object.set(name, its);
      }
    } catch (MalformedException e) {
      unusable =
          new MalformedException("its .%s cannot be used: %s".formatted(name, e.getMessage()));
    }
  }

  private void addCaptions(int itsEnding, ArrayNode its) {
    if (itsEnding < 0 || itsEnding > ending) {
      return;
    }
    if (itsEnding < ending) {
      captions.removeAll();
      ending = itsEnding;
    }
    captions.addAll(its);
  }

  /**
   * All that was added.
   *
   * @throws MalformedException if a text cannot be used, and there is no caption in its place
   */
  ObjectNode finish(Fields fields) throws MalformedException {
    if (!captions.isEmpty()) {
      object.set(TEXT, captions);
    }
    if (unusable != null && Captions.of(fields.captions(), object::get).isEmpty()) {
      throw unusable;
    }
    return object;
  }

  /** UTF-8, or what the text's first bytes say. */
  private static String decoded(byte[] bytes) throws MalformedException {
    if (GitLfs.isPointer(bytes)) {
      throw new MalformedException("it " + GitLfs.CURE);
    }
    TextEncoding encoding = TextEncoding.of(bytes, bytes.length);
    if (encoding != TextEncoding.UTF_8) {
      return encoding.decode(bytes);
    }
    int wrong = LineReader.wrongByte(bytes, 0, bytes.length);
    if (wrong >= 0) {
      throw new MalformedException(
          String.format(
              Locale.ROOT,
              "it is not UTF-8 (byte %d is 0x%02x); save it as UTF-8",
              wrong + 1,
              bytes[wrong] & 0xff));
    }
    return encoding.decode(bytes);
  }
}
