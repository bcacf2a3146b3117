package dev.facet.cli.config;

import dev.facet.base.ConfigName;
import dev.facet.base.Interval;
import dev.facet.base.Rgb;
import dev.facet.loader.data.CaptionField;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How a Java type is written in YAML. */
sealed interface Shape {
  /** {@code int}, or {@code long} where it is wide. */
  record Whole(boolean wide) implements Shape {}

  /** {@code double}. */
  record Real() implements Shape {}

  record Truth() implements Shape {}

  /** An enum, by the names of its constants. */
  record Choice(Class<?> type) implements Shape {
    List<String> names() {
      return Arrays.stream(type.getEnumConstants()).map(Key::choice).toList();
    }
  }

  record Text() implements Shape {}

  record Location() implements Shape {}

  /** A few numbers in brackets: {@link Interval}, {@link Rgb}. */
  record Numbers(Class<?> type) implements Shape {
    /** All of them are of one type. */
    boolean whole() {
      return type.getRecordComponents()[0].getType() == int.class;
    }

    List<String> names() {
      return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    }
  }

  /** Names with weights: {@code {a: 0.7, b: 0.3}}, or {@code [a, b]} or {@code a} without. */
  record Weighted() implements Shape {}

  /** A record, as keys with values. */
  record Section(Class<?> type) implements Shape {}

  /** A list. */
  record Listed(Shape element) implements Shape {}

  /**
   * One of the records that a sealed interface permits: a map of one key, its name in snake case,
   * to its parameters.
   */
  record OneOf(Class<?> type) implements Shape {
    /** What such a thing is called in a message. */
    String noun() {
      return Key.snakeCase(type.getSimpleName()).replace('_', ' ');
    }

    List<Class<?>> permitted() {
      return List.of(type.getPermittedSubclasses());
    }

    List<String> names() {
      return permitted().stream().map(OneOf::name).toList();
    }

    static String name(Class<?> permitted) {
      ConfigName name = permitted.getAnnotation(ConfigName.class);
      return name != null ? name.value() : Key.snakeCase(permitted.getSimpleName());
    }
  }

  /** The shape of a record component's type. */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      return element == CaptionField.class ? new Weighted() : new Listed(of(element));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("a config cannot hold " + type);
    }
    if (plain == int.class || plain == Integer.class) {
      return new Whole(false);
    }
    if (plain == long.class || plain == Long.class) {
      return new Whole(true);
    }
    if (plain == double.class || plain == Double.class) {
      return new Real();
    }
    if (plain == boolean.class) {
      return new Truth();
    }
    if (plain == String.class) {
      return new Text();
    }
    if (plain == Path.class) {
      return new Location();
    }
    if (plain == Interval.class || plain == Rgb.class) {
      return new Numbers(plain);
    }
    if (plain.isEnum()) {
      return new Choice(plain);
    }
    if (plain.isSealed()) {
      return new OneOf(plain);
    }
    if (plain.isRecord()) {
      return new Section(plain);
    }
    throw new IllegalStateException("a config cannot hold " + type);
  }
}
