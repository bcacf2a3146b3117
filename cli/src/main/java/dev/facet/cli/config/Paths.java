package dev.facet.cli.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every path that settings hold, changed in one go. */
final class Paths {
  private Paths() {}

  /** The same where no path changed, else a copy with those that did. */
  static Object changed(Object record, UnaryOperator<Path> change) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean different = false;
    for (int i = 0; i < values.length; i++) {
      Object value = Records.get(record, components[i]);
      values[i] = value == null ? null : value(value, change);
      different |= !Objects.equals(values[i], value);
    }
    return different ? Records.make(record.getClass(), values) : record;
  }

  private static Object value(Object value, UnaryOperator<Path> change) {
    return switch (value) {
      case Path path -> change.apply(path);
      case Record section -> changed(section, change);
      case List<?> list -> {
        List<Object> entries = list.stream().map(entry -> value(entry, change)).toList();
        yield entries.equals(list) ? list : entries;
      }
      default -> value;
    };
  }
}
