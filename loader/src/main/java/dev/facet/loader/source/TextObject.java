package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.CaptionField;
import dev.facet.loader.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
   * Puts both together. A text that is not UTF-8 counts only where the JSON says nothing, and is
   * then read as ISO 8859-1, in which every byte is a letter.
   *
   * @param lines whether each line of the text is a caption of its own
   */
  static ObjectNode of(
      @Nullable JsonNode json, byte @Nullable [] text, boolean lines, Fields fields) {
    ObjectNode object =
        json instanceof ObjectNode known ? known : ListJson.MAPPER.createObjectNode();
    if (text == null) {
      return object;
    }
    String decoded = utf8(text);
    if (decoded != null) {
      put(object, decoded, lines);
    } else if (Captions.of(fields.captions(), object::get).isEmpty()) {
      put(object, new String(text, StandardCharsets.ISO_8859_1), lines);
    }
    return object;
  }

  /** An object; null if the bytes are none. */
  static @Nullable JsonNode parse(byte[] json) {
    try {
      JsonNode parsed = ListJson.MAPPER.readTree(json);
      return parsed != null && parsed.isObject() ? parsed : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static void put(ObjectNode object, String text, boolean lines) {
    String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (lines) {
      ArrayNode captions = object.putArray(TEXT);
      whole.lines().map(String::strip).forEach(captions::add);
    } else {
      object.put(TEXT, whole.strip());
    }
  }

  private static @Nullable String utf8(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
