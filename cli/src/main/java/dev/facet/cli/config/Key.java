package dev.facet.cli.config;

import dev.facet.base.Interval;
import dev.facet.base.Range;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting, as its record declares it.
 *
 * @param path dotted, {@code train.weight_decay}
 */
record Key(String path, RecordComponent component) {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  Class<?> type() {
    return component.getType();
  }

  boolean nullable() {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  boolean fixedOnResume() {
    return component.isAnnotationPresent(FixedOnResume.class);
  }

  @Nullable Range range() {
    return component.getAnnotation(Range.class);
  }

  boolean wholeNumber() {
    return type() == int.class || type() == Integer.class || type() == long.class;
  }

  /** What the setting takes, to follow "expects". */
  String expectation() {
    String what;
    if (wholeNumber()) {
      what = "a whole number" + bounds();
    } else if (type() == double.class) {
      what = "a number" + bounds();
    } else if (type() == boolean.class) {
      what = "true or false";
    } else if (type() == Interval.class) {
      what = "two numbers [min, max]" + bounds();
    } else if (type().isEnum()) {
      what = "one of " + String.join(", ", choices());
    } else {
      what = type() == Path.class ? "a path" : "a text";
    }
    return nullable() ? what + ", or null" : what;
  }

  /** The names of an enum's constants in YAML. */
  List<String> choices() {
    return Arrays.stream(type().getEnumConstants()).map(Key::choice).toList();
  }

  /** {@code VIT_B_32} is written {@code vit-b-32}. */
  static String choice(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code weightDecay} is written {@code weight_decay}. */
  static String snakeCase(String name) {
    return WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  boolean inRange(double number) {
    Range range = range();
    return Double.isFinite(number)
        && (range == null
            || (number >= range.min()
                && number <= range.max()
                && number > range.above()
                && number < range.below()));
  }

  private String bounds() {
    Range range = range();
    if (range == null) {
      return "";
    }
    boolean above = Double.isFinite(range.above());
    boolean below = Double.isFinite(range.below());
    String low = above ? " above " + plain(range.above()) : " from " + plain(range.min());
    if (below) {
      return low + " and below " + plain(range.below());
    }
    return low + (above ? " and at most " : " to ") + plain(range.max());
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
