package dev.facet.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values: numbers, truths, choices, texts, paths. */
final class ScalarReader {
  private ScalarReader() {}

  static Object wholeNumber(Key key, boolean wide, GivenSettings.Value value) throws Mismatch {
    try {
      long number = Long.parseLong(digits(key, value));
      if (!key.inRange((double) number)) {
        throw Mismatch.of(key, value);
      }
      return wide ? (Object) number : (Object) Math.toIntExact(number);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Mismatch.of(key, value);
    }
  }

  static double number(Key key, GivenSettings.Value value) throws Mismatch {
    try {
      double number = Double.parseDouble(digits(key, value));
      if (!key.inRange(number)) {
        throw Mismatch.of(key, value);
      }
      return number;
    } catch (NumberFormatException e) {
      throw Mismatch.of(key, value);
    }
  }

  /** The text of a number; YAML 1.2 knows no 25_000_000, people do. */
  private static String digits(Key key, GivenSettings.Value value) throws Mismatch {
    ScalarNode scalar = scalar(key, value);
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      throw Mismatch.of(key, value, "; leave out the quotes");
    }
    String text = scalar.getValue();
    // Java would also take 1f, 1d and 0x1p3.
    if (!text.matches("[-+]?[0-9_]*\\.?[0-9_]*([eE][-+]?[0-9]+)?")) {
      throw Mismatch.of(key, value);
    }
    return text.replace("_", "");
  }

  static boolean truth(Key key, GivenSettings.Value value) throws Mismatch {
    ScalarNode scalar = scalar(key, value);
    if (!scalar.getTag().equals(Tag.BOOL)) {
      throw Mismatch.of(key, value);
    }
    return Boolean.parseBoolean(scalar.getValue());
  }

  static Object constant(Key key, Class<?> type, GivenSettings.Value value) throws Mismatch {
    String name = scalar(key, value).getValue();
    for (Object constant : type.getEnumConstants()) {
      if (Key.choice(constant).equals(name)) {
        return constant;
      }
    }
    throw Mismatch.of(key, value);
  }

  static String text(Key key, GivenSettings.Value value) throws Mismatch {
    return scalar(key, value).getValue();
  }

  static Path path(Key key, GivenSettings.Value value) throws Mismatch {
    String text = scalar(key, value).getValue();
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw Mismatch.of(key, value, " (" + e.getReason() + ")");
    }
    throw Mismatch.of(key, value);
  }

  private static ScalarNode scalar(Key key, GivenSettings.Value value) throws Mismatch {
    if (value.node() instanceof ScalarNode scalar && !GivenSettings.isNull(scalar)) {
      return scalar;
    }
    throw Mismatch.of(key, value);
  }
}
