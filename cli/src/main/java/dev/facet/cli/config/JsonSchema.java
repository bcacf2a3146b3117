package dev.facet.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Inline;
import dev.facet.base.Json;
import dev.facet.base.Range;
import dev.facet.base.Required;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config's JSON Schema (draft 2020-12), for editors: completion, hints, errors. */
public final class JsonSchema {
  private final Map<String, String> descriptions;

  private JsonSchema(Defaults defaults) {
    this.descriptions = defaults.descriptions();
  }

  /** The schema, indented, with a line break at its end. */
  public static String text(Defaults defaults) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", defaults.title());
    new JsonSchema(defaults).properties("", defaults.root(), schema);
    try {
      return Json.PRETTY.writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The keys of a record; their descriptions stand under {@code prefix} in the reference. */
  private void properties(String prefix, Class<?> section, ObjectNode schema) {
    schema.put("additionalProperties", false);
    List<String> required = new ArrayList<>();
    properties(prefix, section, schema.putObject("properties"), required);
    type(schema, "object");
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
  }

  private void properties(
      String prefix, Class<?> section, ObjectNode properties, List<String> required) {
    for (RecordComponent component : section.getRecordComponents()) {
      if (component.isAnnotationPresent(Inline.class)) {
        properties(prefix, component.getType(), properties, required);
        continue;
      }
      Key key = Key.of(prefix, component);
      ObjectNode property = properties.putObject(key.name());
      String description = descriptions.get(key.path());
      if (description != null) {
        property.put("description", description);
      }
      value(key, property);
      if (component.isAnnotationPresent(Required.class)) {
        required.add(key.name());
      }
    }
  }

  private void value(Key key, ObjectNode schema) {
    switch (key.shape()) {
      case Shape.Whole whole -> range(key.range(), typed(key, schema, "integer"));
      case Shape.Real real -> range(key.range(), typed(key, schema, "number"));
      case Shape.Truth truth -> typed(key, schema, "boolean");
      case Shape.Text text -> typed(key, schema, "string");
      case Shape.Location location -> typed(key, schema, "string");
      case Shape.Choice choice -> {
        ArrayNode choices = schema.putArray("enum");
        choice.names().forEach(choices::add);
        if (key.nullable()) {
          choices.addNull();
        }
      }
      case Shape.Numbers numbers -> {
        int count = numbers.names().size();
        typed(key, schema, "array").put("minItems", count).put("maxItems", count);
        range(key.range(), type(schema.putObject("items"), numbers.whole() ? "integer" : "number"));
      }
      case Shape.Weighted weighted -> {
        type(typed(key, schema, "string", "array", "object").putObject("items"), "string");
        range(Weight.RANGE, type(schema.putObject("additionalProperties"), "number"));
      }
      case Shape.Section(Class<?> type) -> properties(key.path() + ".", type, schema);
      case Shape.Listed list -> list(key, list.element(), schema);
      case Shape.OneOf one -> oneOf(one, schema);
    }
  }

  /** What entries of a list have in common with their section is described there. */
  private void list(Key key, Shape element, ObjectNode schema) {
    boolean texts = element instanceof Shape.Text;
    ObjectNode items =
        (texts ? typed(key, schema, "string", "array") : typed(key, schema, "array"))
            .putObject("items");
    if (element instanceof Shape.Section(Class<?> type)) {
      properties(key.path().substring(0, key.path().lastIndexOf('.') + 1), type, items);
    } else {
      value(key.part("[]", element), items);
    }
  }

  private void oneOf(Shape.OneOf one, ObjectNode schema) {
    type(schema, "string", "object");
    schema.put("pattern", "^(" + String.join("|", one.names()) + ")$");
    schema.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
    ObjectNode choices = schema.putObject("properties");
    for (Class<?> type : one.permitted()) {
      String name = Shape.OneOf.name(type);
      ObjectNode parameters = choices.putObject(name);
      properties(name + ".", type, parameters);
      type(parameters, "object", "null");
    }
  }

  private static ObjectNode typed(Key key, ObjectNode schema, String... types) {
    List<String> all = new ArrayList<>(List.of(types));
    if (key.nullable()) {
      all.add("null");
    }
    return type(schema, all.toArray(String[]::new));
  }

  private static ObjectNode type(ObjectNode schema, String... types) {
    if (types.length == 1) {
      return schema.put("type", types[0]);
    }
    ArrayNode several = schema.putArray("type");
    List.of(types).forEach(several::add);
    return schema;
  }

  private static void range(@Nullable Range range, ObjectNode property) {
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
