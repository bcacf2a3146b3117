package dev.facet.cli.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The settings that one source gives: the defaults, a file, or an assignment. */
final class GivenSettings {
  /** A value, and how to tell where it stands. */
  record Value(Node node, Function<Optional<Mark>, Origin> locate) {
    Origin where() {
      return locate.apply(node.getStartMark());
    }

    /** A part of this one. */
    Value at(Node part) {
      return new Value(part, locate);
    }
  }

  private final Keys keys;
  private final Function<Optional<Mark>, Origin> locate;
  private final Problems problems;
  private final boolean assigned;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private GivenSettings(
      Keys keys, Function<Optional<Mark>, Origin> locate, Problems problems, boolean assigned) {
    this.keys = keys;
    this.locate = locate;
    this.problems = problems;
    this.assigned = assigned;
  }

  /** Reads YAML text; what is wrong with it goes to the problems. */
  static Map<String, Value> of(Keys keys, String source, String yaml, Problems problems) {
    GivenSettings layer = new GivenSettings(keys, mark -> Origin.in(source, mark), problems, false);
    layer.compose(yaml).ifPresent(root -> layer.section("", root));
    return layer.values;
  }

  /** Reads one assignment; its value may be a whole section, {@code train={lr: 1e-4}}. */
  static Map<String, Value> of(Keys keys, Assignment assignment, Problems problems) {
    // A place inside the value helps nobody who typed it on one line.
    Origin where = Origin.option(assignment.where());
    GivenSettings layer = new GivenSettings(keys, mark -> where, problems, true);
    Node nothing = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
    Node value = layer.compose(assignment.value()).orElse(nothing);
    layer.entry(assignment.key(), value, where);
    return layer.values;
  }

  private Optional<Node> compose(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      return new Compose(settings).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      problems.add(locate.apply(e.getProblemMark()), "", "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(locate.apply(Optional.empty()), "", "not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void section(String prefix, Node node) {
    if (isNull(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(at(node), prefix, noSection(prefix, node));
      return;
    }
    String dot = prefix.isEmpty() ? "" : ".";
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node name = tuple.getKeyNode();
      String path = prefix + dot + (name instanceof ScalarNode s ? s.getValue() : "[...]");
      if (seen.add(path)) {
        entry(path, tuple.getValueNode(), at(name));
      } else {
        problems.add(at(name), path, path + " is given twice; delete one of the two");
      }
    }
  }

  private String noSection(String path, Node node) {
    if (path.isEmpty()) {
      return "a config is made of sections, as in \"train:\" with \"  batch: 64\" below it";
    }
    if (!assigned) {
      return path + " is a section: its settings stand below it, indented by two spaces";
    }
    String value = node instanceof ScalarNode scalar ? scalar.getValue() : "...";
    return "%s is a section: name one of its settings, as in %s=%s; it has %s"
        .formatted(path, keys.first(path), value, keys.names(path + "."));
  }

  private void entry(String path, Node node, Origin where) {
    if (keys.sections().contains(path)) {
      section(path, node);
    } else if (keys.all().containsKey(path)) {
      values.put(path, new Value(node, locate));
    } else {
      problems.addUnknown(where, path + " is not a setting; " + keys.suggestion(path));
    }
  }

  private Origin at(Node node) {
    return locate.apply(node.getStartMark());
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }
}
