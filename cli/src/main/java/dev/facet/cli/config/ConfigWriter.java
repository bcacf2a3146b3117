package dev.facet.cli.config;

import dev.facet.base.Interval;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a config as YAML, in the order of its records. */
final class ConfigWriter {
  private ConfigWriter() {}

  static String write(Config config) {
    StringBuilder yaml = new StringBuilder();
    section("", config, yaml);
    return yaml.toString();
  }

  private static void section(String indent, Object section, StringBuilder yaml) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      Object value = get(section, component);
      yaml.append(indent).append(Key.snakeCase(component.getName())).append(':');
      if (value != null && Keys.isSection(component.getType())) {
        yaml.append('\n');
        section(indent + "  ", value, yaml);
      } else {
        yaml.append(' ').append(scalar(value)).append('\n');
      }
    }
  }

  static @Nullable Object get(Object section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** A value as it stands in YAML. */
  static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Enum<?> constant -> Key.choice(constant);
      case Interval interval -> "[" + interval.min() + ", " + interval.max() + "]";
      case String text -> quoted(text);
      case Path path -> quoted(path.toString());
      default -> value.toString();
    };
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
                escaped.append("\\x%02x".formatted(c));
              } else {
                escaped.append((char) c);
              }
            });
    return escaped.append('"').toString();
  }
}
