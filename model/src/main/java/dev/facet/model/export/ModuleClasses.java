package dev.facet.model.export;

import dev.facet.model.torchscript.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * TorchScript classes for weights with dotted names: {@code a.b.weight} becomes the attribute
 * {@code weight} of module {@code b} in module {@code a}, so that a state dict has the names again.
 * Modules that hold the same share a class, as the layers of a tower do.
 */
final class ModuleClasses {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");

  private static final class Node {
    final Map<String, Node> inner = new LinkedHashMap<>();
    final Map<String, ScriptModule.Weight> weights = new LinkedHashMap<>();
  }

  private final String root;

  /** Class of each inner module by what it holds. */
  private final Map<String, String> types = new LinkedHashMap<>();

  private final ScriptModule module;
  private final String rootBody;

  /**
   * Makes the classes.
   *
   * @param root class of the outermost module
   * @param methods of the outermost module, indented by two
   */
  ModuleClasses(String root, Map<String, ScriptModule.Weight> weights, String methods) {
    this.root = root;
    Node top = new Node();
    weights.forEach(
        (name, weight) -> {
          String[] path = name.split("\\.", -1);
          Node node = top;
          for (int i = 0; i < path.length - 1; i++) {
            node = node.inner.computeIfAbsent(path[i], each -> new Node());
          }
          node.weights.put(path[path.length - 1], weight);
        });
    module = new ScriptModule(root, inner(top), top.weights);
    rootBody = body(module.modules(), module.parameters()) + methods;
  }

  /** The outermost module. */
  ScriptModule module() {
    return module;
  }

  /** All classes. */
  String source() {
    StringBuilder source = new StringBuilder();
    types.forEach((body, type) -> source.append("class " + type + "(Module):\n" + body));
    return source.append("class " + root + "(Module):\n" + rootBody).toString();
  }

  /** How a method of the outermost module reads a weight. */
  static String path(String weight) {
    String path = "self";
    for (String each : weight.split("\\.", -1)) {
      path =
          IDENTIFIER.matcher(each).matches()
              ? path + "." + each
              : "getattr(" + path + ", \"" + each + "\")";
    }
    return path;
  }

  private Map<String, ScriptModule> inner(Node node) {
    Map<String, ScriptModule> modules = new LinkedHashMap<>();
    node.inner.forEach(
        (name, each) -> {
          Map<String, ScriptModule> inner = inner(each);
          // The innermost, linear maps and norms, are named for what they hold.
          String basis = inner.isEmpty() ? String.join("_", each.weights.keySet()) : name;
          String type = types.computeIfAbsent(body(inner, each.weights), body -> unusedType(basis));
          modules.put(name, new ScriptModule(type, inner, each.weights));
        });
    return modules;
  }

  private static String body(
      Map<String, ScriptModule> inner, Map<String, ScriptModule.Weight> weights) {
    List<String> lines = new ArrayList<>();
    StringBuilder parameters = new StringBuilder();
    weights.keySet().forEach(name -> parameters.append('"').append(name).append("\", "));
    lines.add("__parameters__ = [" + parameters + "]");
    lines.add("__buffers__ = []");
    weights.keySet().forEach(name -> lines.add(declared(name, "Tensor")));
    lines.add(declared("training", "bool"));
    inner.forEach((name, each) -> lines.add(declared(name, "__torch__." + each.type())));
    return "  " + String.join("\n  ", lines) + "\n";
  }

  private static String declared(String attribute, String type) {
    return IDENTIFIER.matcher(attribute).matches()
        ? attribute + " : " + type
        : "__annotations__[\"" + attribute + "\"] = " + type;
  }

  /** A class name after an attribute: {@code self_attn} gives SelfAttn, a number Item. */
  private String unusedType(String attribute) {
    StringBuilder words = new StringBuilder();
    for (String word : attribute.split("\\W|_", -1)) {
      if (!word.isEmpty()) {
        words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    String name = IDENTIFIER.matcher(words).matches() ? words.toString() : "Item";
    String type = name;
    for (int i = 2; type.equals(root) || types.containsValue(type); i++) {
      type = name + "_" + i;
    }
    return type;
  }
}
