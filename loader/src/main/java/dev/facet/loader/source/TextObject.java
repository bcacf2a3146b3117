package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a picture, as one object: the keys of its JSON file, and the text of its text
 * file under the name {@code txt}.
 */
final class TextObject {
  private static final String TEXT = "txt";

  private TextObject() {}

  /** The fields of a source whose captions may stand in text files: these come first. */
  static Fields withText(Fields fields) {
    boolean decided =
        fields.captions().stream().anyMatch(f -> f.name().equals(TEXT) || f.weight() > 0);
    if (decided) {
      return fields;
    }
    List<CaptionField> captions = new ArrayList<>(List.of(new CaptionField(TEXT, 0)));
    captions.addAll(fields.captions());
    return new Fields(
        fields.image(), captions, fields.id(), fields.box(), fields.split(), fields.source());
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
    ObjectNode object = ListJson.MAPPER.createObjectNode();
    if (json != null) {
      try {
        object = ListJson.object(utf8(json));
      } catch (MalformedException e) {
        throw new MalformedException("its .json cannot be used: " + e.getMessage());
      }
    }
    if (text != null) {
      try {
        put(object, utf8(text), lines);
      } catch (MalformedException e) {
        if (Captions.of(fields.captions(), object::get).isEmpty()) {
          throw new MalformedException("its .txt cannot be used: " + e.getMessage());
        }
      }
    }
    return object;
  }

  private static void put(ObjectNode object, String text, boolean lines) {
    if (lines) {
      ArrayNode captions = object.putArray(TEXT);
      text.lines().map(String::strip).forEach(captions::add);
    } else {
      object.put(TEXT, text.strip());
    }
  }

  /** Without a byte order mark. */
  private static String utf8(byte[] bytes) throws MalformedException {
    int wrong = LineReader.wrongByte(bytes, 0, bytes.length);
    if (wrong >= 0) {
      throw new MalformedException(
          "it is not UTF-8 (byte %d is 0x%02x); save it as UTF-8"
              .formatted(wrong + 1, bytes[wrong] & 0xff));
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
