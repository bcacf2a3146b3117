package dev.facet.cli.config;

import dev.facet.base.Interval;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns a YAML node into the value that a setting's record declares. */
final class ValueReader {
  /** A node that is not what its setting expects; the message says what is. */
  static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  private ValueReader() {}

  /** The value, or null where the node is null and the setting allows it. */
  static @Nullable Object read(Key key, Node node) throws Mismatch {
    if (Layer.isNull(node)) {
      if (key.nullable()) {
        return null;
      }
      throw mismatch(key, node);
    }
    if (key.type() == Interval.class) {
      return interval(key, node);
    }
    if (!(node instanceof ScalarNode scalar)) {
      throw mismatch(key, node);
    }
    if (key.wholeNumber()) {
      return wholeNumber(key, scalar);
    }
    if (key.type() == double.class) {
      return number(key, scalar, node);
    }
    if (key.type() == boolean.class) {
      return truth(key, scalar);
    }
    if (key.type().isEnum()) {
      return constant(key, scalar);
    }
    return key.type() == Path.class ? path(key, scalar) : scalar.getValue();
  }

  private static Object wholeNumber(Key key, ScalarNode scalar) throws Mismatch {
    try {
      long value = Long.parseLong(digits(key, scalar, scalar));
      if (!key.inRange((double) value)) {
        throw mismatch(key, scalar);
      }
      return key.type() == long.class ? (Object) value : (Object) Math.toIntExact(value);
    } catch (ArithmeticException | NumberFormatException e) {
      throw mismatch(key, scalar);
    }
  }

  private static double number(Key key, ScalarNode scalar, Node shown) throws Mismatch {
    try {
      double value = Double.parseDouble(digits(key, scalar, shown));
      if (!key.inRange(value)) {
        throw mismatch(key, shown);
      }
      return value;
    } catch (NumberFormatException e) {
      throw mismatch(key, shown);
    }
  }

  /** The text of a number; YAML 1.2 knows no 25_000_000, people do. */
  private static String digits(Key key, ScalarNode scalar, Node shown) throws Mismatch {
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      throw new Mismatch(mismatch(key, shown).getMessage() + "; leave out the quotes");
    }
    String text = scalar.getValue();
    // Java would also take 1f, 1d and 0x1p3.
    if (!text.matches("[-+]?[0-9_]*\\.?[0-9_]*([eE][-+]?[0-9]+)?")) {
      throw mismatch(key, shown);
    }
    return text.replace("_", "");
  }

  private static boolean truth(Key key, ScalarNode scalar) throws Mismatch {
    if (!scalar.getTag().equals(Tag.BOOL)) {
      throw mismatch(key, scalar);
    }
    return Boolean.parseBoolean(scalar.getValue());
  }

  private static Object constant(Key key, ScalarNode scalar) throws Mismatch {
    for (Object constant : key.type().getEnumConstants()) {
      if (Key.choice(constant).equals(scalar.getValue())) {
        return constant;
      }
    }
    throw mismatch(key, scalar);
  }

  private static Path path(Key key, ScalarNode scalar) throws Mismatch {
    try {
      if (!scalar.getValue().isBlank()) {
        return Path.of(scalar.getValue());
      }
    } catch (InvalidPathException e) {
      throw new Mismatch(mismatch(key, scalar).getMessage() + " (" + e.getReason() + ")");
    }
    throw mismatch(key, scalar);
  }

  private static Interval interval(Key key, Node node) throws Mismatch {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().size() != 2) {
      throw mismatch(key, node);
    }
    List<Double> ends = new ArrayList<>();
    for (Node end : sequence.getValue()) {
      if (!(end instanceof ScalarNode scalar)) {
        throw mismatch(key, node);
      }
      ends.add(number(key, scalar, node));
    }
    Interval interval = new Interval(ends.get(0), ends.get(1));
    if (interval.min() > interval.max()) {
      throw new Mismatch(mismatch(key, node).getMessage() + ", the smaller one first");
    }
    return interval;
  }

  private static Mismatch mismatch(Key key, Node node) {
    return new Mismatch(key.path() + " is " + show(node) + "; it expects " + key.expectation());
  }

  private static String show(Node node) {
    return switch (node) {
      case ScalarNode scalar when Layer.isNull(node) && scalar.getValue().isEmpty() -> "empty";
      case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN -> scalar.getValue();
      case ScalarNode scalar -> '"' + scalar.getValue() + '"';
      case SequenceNode sequence ->
          "["
              + String.join(", ", sequence.getValue().stream().map(ValueReader::element).toList())
              + "]";
      default -> "a section";
    };
  }

  /** Lists in lists are not shown: with aliases, one may even hold itself. */
  private static String element(Node node) {
    return node instanceof ScalarNode ? show(node) : "...";
  }
}
