package dev.facet.cli.config;

import dev.facet.base.Inline;
import dev.facet.base.Range;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting, as its record declares it, or one element of a list.
 *
 * @param path dotted, {@code train.weight_decay}; elements of lists count from 0, {@code
 *     augment[0].flip}
 * @param range which numbers it takes, null for any
 */
record Key(String path, Shape shape, boolean nullable, @Nullable Range range) {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final List<String> COUNT = List.of("no", "one", "two", "three", "four");

  /** The setting of a record component, in the section {@code prefix} (empty, or ends in a dot). */
  static Key of(String prefix, RecordComponent component) {
    return new Key(
        prefix + snakeCase(component.getName()),
        Shape.of(component.getGenericType()),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        component.getAnnotation(Range.class));
  }

  /** What the paths of a section's own settings begin with. */
  static String prefix(String prefix, RecordComponent section) {
    return section.isAnnotationPresent(Inline.class)
        ? prefix
        : Key.of(prefix, section).path() + ".";
  }

  /** A setting that is part of this one. */
  Key part(String suffix, Shape of) {
    return new Key(path + suffix, of, false, range);
  }

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** What the setting takes, to follow "expects". */
  String expectation() {
    return nullable ? what() + ", or null" : what();
  }

  private String what() {
    return switch (shape) {
      case Shape.Whole whole -> "a whole number" + bounds();
      case Shape.Real real -> "a number" + bounds();
      case Shape.Truth truth -> "true or false";
      case Shape.Choice choice -> "one of " + String.join(", ", choice.names());
      case Shape.Text text -> "a text";
      case Shape.Location location -> "a path";
      case Shape.Numbers numbers ->
          COUNT.get(numbers.names().size())
              + (numbers.whole() ? " whole" : "")
              + " numbers "
              + numbers.names().toString()
              + bounds();
      case Shape.Weighted names ->
          "a name, a list of names, or names with weights as in {short: 0.7, long: 0.3}";
      case Shape.Section section -> "a section with " + String.join(", ", Records.names(section));
      case Shape.Listed(Shape.Text text) -> "a text or a list of texts";
      case Shape.Listed(Shape.OneOf one) ->
          "a list with a line for each " + one.noun() + ", as in \"" + Records.example(one) + "\"";
      case Shape.Listed list -> "a list, each entry " + part("[]", list.element()).what();
      case Shape.OneOf one ->
          "one " + one.noun() + " with its parameters, as in \"" + Records.example(one) + "\"";
    };
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
    return Double.isFinite(number)
        && (range == null
            || (number >= range.min()
                && number <= range.max()
                && number > range.above()
                && number < range.below()));
  }

  private String bounds() {
    if (range == null) {
      return "";
    }
    boolean above = Double.isFinite(range.above());
    boolean below = Double.isFinite(range.below());
    boolean max = Double.isFinite(range.max());
    String low =
        above
            ? " above " + plain(range.above())
            : Double.isFinite(range.min()) ? " from " + plain(range.min()) : "";
    if (below) {
      return low + (low.isEmpty() ? " below " : " and below ") + plain(range.below());
    }
    if (!max) {
      return low;
    }
    return low
        + (above ? " and at most " : low.isEmpty() ? " up to " : " to ")
        + plain(range.max());
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
