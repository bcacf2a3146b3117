package dev.facet.cli.config;

import dev.facet.base.EditDistance;
import dev.facet.base.FacetException;
import dev.facet.base.Required;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads records that stand in lists; what they leave out comes from their {@code DEFAULT}. */
final class RecordReader {
  private RecordReader() {}

  /** A record from its keys; null as a value means that all is left out. */
  static Object section(Key key, Class<?> type, GivenSettings.Value value) throws Mismatch {
    List<Problems.Problem> problems = new ArrayList<>();
    Map<String, GivenSettings.Value> given = entries(key, type, value, problems);
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Object standard = components.length == 0 ? type : Records.standard(type);
    for (int i = 0; i < components.length; i++) {
      Key setting = Key.of(key.path() + ".", components[i]);
      GivenSettings.Value here = given.get(setting.name());
      if (here == null && components[i].isAnnotationPresent(Required.class)) {
        problems.add(
            new Problems.Problem(
                value.where(), key.path() + " lacks " + setting.name() + ": add it"));
      }
      try {
        values[i] =
            here == null ? Records.get(standard, components[i]) : ValueReader.read(setting, here);
      } catch (Mismatch e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Mismatch(problems);
    }
    try {
      return Records.make(type, values);
    } catch (IllegalArgumentException | FacetException e) {
      throw new Mismatch(value.where(), key.path() + ": " + e.getMessage());
    }
  }

  /** {@code name: {parameters}}, or the name alone. */
  static Object oneOf(Key key, Shape.OneOf one, GivenSettings.Value value) throws Mismatch {
    if (value.node() instanceof ScalarNode && !GivenSettings.isNull(value.node())) {
      Class<?> type = permitted(key, one, value);
      return type.getRecordComponents().length == 0
          ? Records.make(type, new Object[0])
          : Records.standard(type);
    }
    if (!(value.node() instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      throw Mismatch.of(key, value);
    }
    if (mapping.getValue().size() > 1) {
      throw new Mismatch(
          value.where(),
          key.path()
              + " has several keys; begin a line with \"- \" for each "
              + one.noun()
              + ", and write its parameters in braces, as in \""
              + Records.example(one)
              + "\"");
    }
    NodeTuple tuple = mapping.getValue().getFirst();
    Class<?> type = permitted(key, one, value.at(tuple.getKeyNode()));
    Key named = new Key(key.path() + "." + Shape.OneOf.name(type), key.shape(), false, null);
    return section(named, type, value.at(tuple.getValueNode()));
  }

  /** What to write in place of a map where a list is expected. */
  static String hint(Shape.OneOf one, Node node) {
    if (!(node instanceof MappingNode mapping)
        || mapping.getValue().isEmpty()
        || !(mapping.getValue().getFirst().getKeyNode() instanceof ScalarNode first)) {
      return "";
    }
    String nearest = EditDistance.nearest(first.getValue(), one.names());
    if (nearest == null) {
      return "; there are " + String.join(", ", one.names());
    }
    Class<?> type = one.permitted().get(one.names().indexOf(nearest));
    return type.getRecordComponents().length == 0
        ? ""
        : "; in place of " + first.getValue() + " write \"" + Records.example(type) + "\"";
  }

  private static Class<?> permitted(Key key, Shape.OneOf one, GivenSettings.Value value)
      throws Mismatch {
    String name = ScalarReader.text(key, value);
    int index = one.names().indexOf(name);
    if (index < 0) {
      String nearest = EditDistance.nearest(name, one.names());
      throw new Mismatch(
          value.where(),
          "%s: there is no %s %s; %s"
              .formatted(
                  key.path(),
                  one.noun(),
                  name,
                  nearest == null
                      ? "there are " + String.join(", ", one.names())
                      : "did you mean " + nearest + "?"));
    }
    return one.permitted().get(index);
  }

  private static Map<String, GivenSettings.Value> entries(
      Key key, Class<?> type, GivenSettings.Value value, List<Problems.Problem> problems)
      throws Mismatch {
    Map<String, GivenSettings.Value> given = new HashMap<>();
    if (GivenSettings.isNull(value.node())) {
      return given;
    }
    List<String> names = Records.names(type);
    if (!(value.node() instanceof MappingNode mapping)) {
      Key section = new Key(key.path(), new Shape.Section(type), false, null);
      throw Mismatch.of(section, value);
    }
    for (NodeTuple tuple : mapping.getValue()) {
      GivenSettings.Value at = value.at(tuple.getKeyNode());
      String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "[...]";
      String path = key.path() + "." + name;
      if (!names.contains(name)) {
        problems.add(new Problems.Problem(at.where(), unknown(key, path, name, names)));
      } else if (given.put(name, value.at(tuple.getValueNode())) != null) {
        problems.add(
            new Problems.Problem(at.where(), path + " is given twice; delete one of the two"));
      }
    }
    return given;
  }

  private static String unknown(Key key, String path, String name, List<String> names) {
    String nearest = EditDistance.nearest(name, names);
    String cure =
        nearest != null
            ? "did you mean " + nearest + "?"
            : names.isEmpty()
                ? key.name() + " has no parameters"
                : key.name() + " has " + String.join(", ", names);
    return path + " is not a setting; " + cure;
  }
}
