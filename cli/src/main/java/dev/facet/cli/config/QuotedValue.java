package dev.facet.cli.config;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML value as a message quotes it. */
final class QuotedValue {
  private QuotedValue() {}

  static String of(Node node) {
    return switch (node) {
      case ScalarNode scalar when GivenSettings.isNull(node) && scalar.getValue().isEmpty() ->
          "empty";
      case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN -> scalar.getValue();
      case ScalarNode scalar -> '"' + scalar.getValue() + '"';
      case SequenceNode sequence ->
          "["
              + String.join(", ", sequence.getValue().stream().map(QuotedValue::element).toList())
              + "]";
      default -> "a section";
    };
  }

  /** Lists in lists are not shown: with aliases, one may even hold itself. */
  private static String element(Node node) {
    return node instanceof ScalarNode ? of(node) : "...";
  }
}
