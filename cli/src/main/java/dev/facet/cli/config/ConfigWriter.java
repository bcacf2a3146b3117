package dev.facet.cli.config;

import dev.facet.base.Inline;
import dev.facet.loader.data.CaptionField;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a config as YAML, in the order of its records: sections as blocks, lists with a line for
 * each entry.
 */
final class ConfigWriter {
  private ConfigWriter() {}

  static String write(Object config) {
    StringBuilder yaml = new StringBuilder();
    section("", config, yaml);
    return yaml.toString();
  }

  /** Every setting by its dotted path, as it stands on one line of YAML. */
  static Map<String, String> values(Object config) {
    Map<String, String> values = new LinkedHashMap<>();
    collect("", config, values);
    return values;
  }

  private static void collect(String prefix, Object section, Map<String, String> values) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      Key key = Key.of(prefix, component);
      Object value = Records.get(section, component);
      if (value != null && key.shape() instanceof Shape.Section) {
        collect(Key.prefix(prefix, component), value, values);
      } else {
        values.put(key.path(), value(key.shape(), value));
      }
    }
  }

  private static void section(String indent, Object section, StringBuilder yaml) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      Key key = Key.of("", component);
      Object value = Records.get(section, component);
      if (value != null && component.isAnnotationPresent(Inline.class)) {
        section(indent, value, yaml);
        continue;
      }
      yaml.append(indent).append(key.path()).append(':');
      if (value != null && key.shape() instanceof Shape.Section) {
        yaml.append('\n');
        section(indent + "  ", value, yaml);
      } else if (value instanceof List<?> list
          && !list.isEmpty()
          && key.shape() instanceof Shape.Listed(Shape element)
          && !(element instanceof Shape.Text)) {
        yaml.append('\n');
        for (Object entry : list) {
          String line = element instanceof Shape.OneOf ? named(entry) : value(element, entry);
          yaml.append(indent).append("  - ").append(line).append('\n');
        }
      } else {
        yaml.append(' ').append(value(key.shape(), value)).append('\n');
      }
    }
  }

  /** A value as it stands on one line of YAML. */
  static String value(Shape shape, @Nullable Object value) {
    if (value == null) {
      return "null";
    }
    return switch (shape) {
      case Shape.Choice choice -> Key.choice(value);
      case Shape.Text text -> quoted(value.toString());
      case Shape.Location location -> quoted(((Path) value).toString());
      case Shape.Numbers numbers -> listed(numbers(value), Object::toString);
      case Shape.Weighted names -> weighted((List<?>) value);
      case Shape.Section section -> braces(value);
      case Shape.Listed list -> listed((List<?>) value, part -> value(list.element(), part));
      case Shape.OneOf one -> "{" + named(value) + "}";
      case Shape.Whole whole -> value.toString();
      case Shape.Real real -> value.toString();
      case Shape.Truth truth -> value.toString();
    };
  }

  /** A record with its name: {@code flip: {probability: 0.5}}. */
  static String named(Object record) {
    return Shape.OneOf.name(record.getClass()) + ": " + braces(record);
  }

  private static String braces(Object record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(
            component -> {
              Key key = Key.of("", component);
              return key.path() + ": " + value(key.shape(), Records.get(record, component));
            })
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static List<?> numbers(Object record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> Records.get(record, component))
        .toList();
  }

  /** Without weights, the order alone matters. */
  private static String weighted(List<?> value) {
    List<CaptionField> fields = value.stream().map(CaptionField.class::cast).toList();
    if (fields.stream().allMatch(field -> field.weight() == 0)) {
      return listed(fields, field -> quoted(field.name()));
    }
    return fields.stream()
        .map(field -> quoted(field.name()) + ": " + field.weight())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static <T> String listed(List<T> values, Function<T, String> as) {
    return values.stream().map(as).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Single quotes keep every character but themselves, and line breaks, which need the others. */
  private static String quoted(String text) {
    if (text.matches("[A-Za-z_./][A-Za-z0-9_./-]*") && !text.matches("(?i)null|true|false")) {
      return text;
    }
    if (text.chars().allMatch(c -> c >= ' ')) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder escaped = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                escaped.append('\\').append((char) c);
              } else if (c < ' ') {
                escaped.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else {
                escaped.append((char) c);
              }
            });
    return escaped.append('"').toString();
  }
}
