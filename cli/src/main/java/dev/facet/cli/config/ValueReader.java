package dev.facet.cli.config;

import dev.facet.base.Interval;
import dev.facet.loader.data.CaptionField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns a YAML node into the value that a setting's record declares. */
final class ValueReader {
  private ValueReader() {}

  /**
   * The value, or null where the node is null and the setting allows it.
   *
   * @throws Mismatch with every problem in it
   */
  static @Nullable Object read(Key key, GivenSettings.Value value) throws Mismatch {
    if (key.nullable() && GivenSettings.isNull(value.node())) {
      return null;
    }
    return switch (key.shape()) {
      case Shape.Whole whole -> ScalarReader.wholeNumber(key, whole.wide(), value);
      case Shape.Real real -> ScalarReader.number(key, value);
      case Shape.Truth truth -> ScalarReader.truth(key, value);
      case Shape.Choice choice -> ScalarReader.constant(key, choice.type(), value);
      case Shape.Text text -> ScalarReader.text(key, value);
      case Shape.Location location -> ScalarReader.path(key, value);
      case Shape.Numbers numbers -> numbers(key, numbers, value);
      case Shape.Weighted weighted -> weighted(key, value);
      case Shape.Section section -> RecordReader.section(key, section.type(), value);
      case Shape.Listed listed -> list(key, listed.element(), value);
      case Shape.OneOf one -> RecordReader.oneOf(key, one, value);
    };
  }

  private static Object numbers(Key key, Shape.Numbers numbers, GivenSettings.Value value)
      throws Mismatch {
    int count = numbers.names().size();
    if (!(value.node() instanceof SequenceNode sequence) || sequence.getValue().size() != count) {
      throw Mismatch.of(key, value);
    }
    @Nullable Object[] parts = new Object[count];
    for (int i = 0; i < count; i++) {
      GivenSettings.Value part = value.at(sequence.getValue().get(i));
      try {
        parts[i] =
            numbers.whole()
                ? ScalarReader.wholeNumber(key, false, part)
                : (Object) ScalarReader.number(key, part);
      } catch (Mismatch e) {
        // All of them are shown: one number alone says little.
        throw Mismatch.of(key, value);
      }
    }
    Object read = Records.make(numbers.type(), parts);
    if (read instanceof Interval interval && interval.min() > interval.max()) {
      throw Mismatch.of(key, value, ", the smaller one first");
    }
    return read;
  }

  /** Elements one by one; every problem is told. A single text stands for a list of it. */
  private static List<Object> list(Key key, Shape element, GivenSettings.Value value)
      throws Mismatch {
    boolean texts = element instanceof Shape.Text;
    if (texts && value.node() instanceof ScalarNode && !GivenSettings.isNull(value.node())) {
      return List.of(ScalarReader.text(key, value));
    }
    if (!(value.node() instanceof SequenceNode sequence)) {
      throw element instanceof Shape.OneOf one
          ? Mismatch.of(key, value, RecordReader.hint(one, value.node()))
          : Mismatch.of(key, value);
    }
    List<Object> elements = new ArrayList<>();
    List<Problems.Problem> problems = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      Key part = key.part("[" + elements.size() + "]", element);
      try {
        Object read = read(part, value.at(node));
        elements.add(read == null ? "" : read);
      } catch (Mismatch e) {
        problems.addAll(e.problems());
        elements.add("");
      }
    }
    if (!problems.isEmpty()) {
      throw new Mismatch(problems);
    }
    return List.copyOf(elements);
  }

  private static List<CaptionField> weighted(Key key, GivenSettings.Value value) throws Mismatch {
    List<CaptionField> fields = new ArrayList<>();
    if (!(value.node() instanceof MappingNode mapping)) {
      for (Object name : list(key, new Shape.Text(), value)) {
        fields.add(new CaptionField((String) name, 0));
      }
      return nonEmpty(fields, key, value);
    }
    List<Problems.Problem> problems = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      try {
        String name = ScalarReader.text(key, value.at(tuple.getKeyNode()));
        Key weight = new Key(key.path() + "." + name, new Shape.Real(), false, Weight.RANGE);
        GivenSettings.Value given = value.at(tuple.getValueNode());
        if (fields.stream().anyMatch(field -> field.name().equals(name))) {
          throw new Mismatch(
              given.where(), weight.path() + " is given twice; delete one of the two");
        }
        fields.add(new CaptionField(name, ScalarReader.number(weight, given)));
      } catch (Mismatch e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Mismatch(problems);
    }
    return nonEmpty(fields, key, value);
  }

  private static List<CaptionField> nonEmpty(
      List<CaptionField> fields, Key key, GivenSettings.Value value) throws Mismatch {
    if (fields.isEmpty()) {
      throw Mismatch.of(key, value);
    }
    return List.copyOf(fields);
  }
}
