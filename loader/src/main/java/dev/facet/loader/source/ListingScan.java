package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.JsonProblem;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.files.Endings;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.json.ListJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads pictures out of a JSON object: from its arrays of objects, {@code {"data": [...]}}; from
 * keys that are paths, {@code {"a.jpg": "caption"}}; and as COCO has them, {@code images} here and
 * {@code annotations} that say which image they are of there. Objects in the object are looked
 * through as well; a key such as {@code test} is the split of what is below it.
 *
 * <p>What is broken in it breaks all of it: of two arrays that belong together one would be
 * missing.
 */
final class ListingScan {
  /** An annotation's image, in COCO. */
  private static final String IMAGE_ID = "image_id";

  /** As many keys as a message shows. */
  private static final int MOST_KEYS = 20;

  /** An image whose captions stand elsewhere. */
  private record Waiting(ObjectNode image, String split) {}

  private final ListedFile part;
  private final MappedFields fields;
  private final Sink sink;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Map<String, ObjectNode> annotations = new LinkedHashMap<>();
  private final Set<String> keys = new TreeSet<>();
  private boolean found;

  /** Of the next entry, from 0. */
  private long number;

  private ListingScan(ListedFile part, MappedFields fields, Sink sink) {
    this.part = part;
    this.fields = fields;
    this.sink = sink;
  }

  static void run(ListedFile part, MappedFields fields, Sink sink) throws IOException {
    ListingScan scan = new ListingScan(part, fields, sink);
    try (InputStream in = Files.newInputStream(part.path());
        JsonParser parser = ListJson.MAPPER.createParser(in)) {
      parser.nextToken();
      scan.object(parser, part.split());
    } catch (JsonProcessingException e) {
      throw new IOException("it is cut or not JSON (" + JsonProblem.of(e) + "): copy it again", e);
    }
    scan.join();
    if (!scan.found) {
      throw new IOException(
          "it is one JSON object, and in none of its keys (%s) are pictures listed: it should be %s"
              .formatted(String.join(", ", scan.keys), JsonFiles.FORMS));
    }
  }

  /** Reads an object, at whose opening bracket the parser is. */
  private void object(JsonParser parser, String split) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (keys.size() < MOST_KEYS) {
        keys.add(key);
      }
      String known = SplitName.known(key);
      String its = known != null ? known : split;
      if (Endings.isPicture(Endings.of(key))) {
        byPath(key, parser.readValueAsTree(), its);
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, its);
      } else if (value == JsonToken.START_OBJECT) {
        object(parser, its);
      }
    }
  }

  private void byPath(String path, JsonNode value, String split) throws IOException {
    ObjectNode object = value instanceof ObjectNode its ? its : fields.withCaptions(value);
    found = true;
    sink.add(fields.entry(object, number++, split, fields.id(object), fields.picture(path)));
  }

  /** Its first element decides whether it is a list: all its elements are rows then. */
  private void array(JsonParser parser, String split) throws IOException {
    boolean first = true;
    boolean isList = false;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (next != JsonToken.START_OBJECT && !isList) {
        parser.skipChildren();
      } else if (parser.readValueAsTree() instanceof ObjectNode element) {
        isList |= first && fields.namesPicture(element);
        if (isList) {
          row(element, split);
        } else if (element.has(IMAGE_ID)) {
          fields.addCaptions(
              element,
              annotations.computeIfAbsent(
                  element.get(IMAGE_ID).asText(), id -> ListJson.MAPPER.createObjectNode()));
        }
      } else {
        malformed("it is no object (before line " + parser.currentLocation().getLineNr() + ")");
      }
      first = false;
    }
  }

  private void row(ObjectNode element, String split) throws IOException {
    found = true;
    String id = fields.id(element);
    if (id == null || fields.namesCaption(element)) {
      sink.add(fields.entry(element, number++, split));
    } else if (waiting.putIfAbsent(id, new Waiting(element, split)) != null) {
      malformed("its id " + id + " is another one's already");
    }
  }

  private void malformed(String why) throws IOException {
    sink.addMalformed(
        number, null, String.format(Locale.ROOT, "%s, entry %d: %s", part.name(), number, why));
    number++;
  }

  /** Gives images the captions that stand elsewhere. */
  private void join() throws IOException {
    if (!annotations.isEmpty() && annotations.values().stream().allMatch(ObjectNode::isEmpty)) {
      sink.note(part.name() + " is passed over: none of its annotations has a caption");
      return;
    }
    for (Map.Entry<String, Waiting> each : waiting.entrySet()) {
      ObjectNode image = each.getValue().image;
      ObjectNode its = annotations.remove(each.getKey());
      if (its != null) {
        image.setAll(its);
      }
      sink.add(fields.entry(image, number++, each.getValue().split));
    }
    if (!annotations.isEmpty()) {
      sink.note(
          String.format(
              Locale.ROOT,
              "%s: captions of %d images that it does not list are left out; the first has %s %s",
              part.name(),
              annotations.size(),
              IMAGE_ID,
              annotations.keySet().iterator().next()));
    }
  }
}
