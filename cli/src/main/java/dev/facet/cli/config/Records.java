package dev.facet.cli.config;

import dev.facet.base.Inline;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records by reflection: their settings, values and instances. */
final class Records {
  private Records() {}

  /** The settings of a section, by name. */
  static List<String> names(Shape.Section section) {
    return names(section.type());
  }

  static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            component ->
                component.isAnnotationPresent(Inline.class)
                    ? names(component.getType()).stream()
                    : Stream.of(Key.snakeCase(component.getName())))
        .toList();
  }

  /** The value of one component. */
  static @Nullable Object get(Object record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /**
   * What a record that stands in a list has where nothing is said: its constant {@code DEFAULT}.
   */
  static Object standard(Class<?> record) {
    try {
      Field standard = record.getDeclaredField("DEFAULT");
      standard.setAccessible(true);
      return standard.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " has no DEFAULT", e);
    }
  }

  /**
   * Makes a record of its components' values.
   *
   * @throws RuntimeException what its constructor throws
   */
  static Object make(Class<?> record, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot build " + record, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + record, e);
    }
  }

  /** The first of its kind that has parameters, as it stands in a list. */
  static String example(Shape.OneOf one) {
    Class<?> first =
        one.permitted().stream()
            .filter(type -> type.getRecordComponents().length > 0)
            .findFirst()
            .orElse(one.permitted().getFirst());
    return example(first);
  }

  /** A record with its standard values, as it stands in a list. */
  static String example(Class<?> permitted) {
    return "- " + ConfigWriter.named(standard(permitted));
  }
}
