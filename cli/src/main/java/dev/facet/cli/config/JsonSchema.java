package dev.facet.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Interval;
import dev.facet.base.Json;
import dev.facet.base.Range;
import java.lang.reflect.RecordComponent;
import java.util.Map;

/** The config's JSON Schema (draft 2020-12), for editors: completion, hints, errors. */
public final class JsonSchema {
  private static final Map<String, String> DESCRIPTIONS = Defaults.descriptions();

  private JsonSchema() {}

  /** The schema, indented, with a line break at its end. */
  public static String text() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Facet config");
    properties("", Config.class, schema);
    try {
      return Json.PRETTY.writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void properties(String prefix, Class<?> section, ObjectNode schema) {
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : section.getRecordComponents()) {
      String name = Key.snakeCase(component.getName());
      String path = prefix + name;
      ObjectNode property = properties.putObject(name);
      property.put("description", DESCRIPTIONS.get(path));
      if (Keys.isSection(component.getType())) {
        properties(path + ".", component.getType(), property);
      } else {
        setting(new Key(path, component), property);
      }
    }
  }

  private static void setting(Key key, ObjectNode property) {
    if (key.type().isEnum()) {
      ArrayNode choices = property.putArray("enum");
      key.choices().forEach(choices::add);
      return;
    }
    if (key.type() == Interval.class) {
      property.put("type", "array").put("minItems", 2).put("maxItems", 2);
      range(key, property.putObject("items").put("type", "number"));
      return;
    }
    String type =
        key.wholeNumber()
            ? "integer"
            : key.type() == double.class
                ? "number"
                : key.type() == boolean.class ? "boolean" : "string";
    if (key.nullable()) {
      property.putArray("type").add(type).add("null");
    } else {
      property.put("type", type);
    }
    range(key, property);
  }

  private static void range(Key key, ObjectNode property) {
    Range range = key.range();
    if (range != null) {
      put(property, "minimum", range.min());
      put(property, "maximum", range.max());
      put(property, "exclusiveMinimum", range.above());
      put(property, "exclusiveMaximum", range.below());
    }
  }

  private static void put(ObjectNode property, String bound, double value) {
    if (value == Math.rint(value) && Double.isFinite(value)) {
      property.put(bound, (long) value);
    } else if (Double.isFinite(value)) {
      property.put(bound, value);
    }
  }
}
