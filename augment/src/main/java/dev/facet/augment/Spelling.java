package dev.facet.augment;

import dev.facet.augment.operation.Operation;
import dev.facet.base.ConfigName;
import dev.facet.base.Interval;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Operations as a config writes them, for messages that its author reads. */
final class Spelling {
  private Spelling() {}

  /** Name and parameters, such as {@code rotation: {degrees: 10.0}}. */
  static String of(Operation operation) {
    return Arrays.stream(operation.getClass().getRecordComponents())
        .map(component -> snakeCase(component.getName()) + ": " + value(operation, component))
        .collect(Collectors.joining(", ", name(operation) + ": {", "}"));
  }

  /** The name alone, such as {@code rotation}. */
  static String name(Operation operation) {
    ConfigName name = operation.getClass().getAnnotation(ConfigName.class);
    return name != null ? name.value() : snakeCase(operation.getClass().getSimpleName());
  }

  private static String value(Operation operation, RecordComponent component) {
    try {
      return switch (component.getAccessor().invoke(operation)) {
        case Interval(double low, double high) -> "[" + low + ", " + high + "]";
        case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
        case Object plain -> plain.toString();
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
