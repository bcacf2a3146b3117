package dev.facet.model.export;

import dev.facet.model.torchscript.ScriptModule;
import java.util.LinkedHashMap;
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

  /** Class by what it holds. */
  private final Map<String, String> types = new LinkedHashMap<>();

  private final String root;
  private final ScriptModule module;

  /**
   * Makes the classes.
   *
   * @param root class of the outermost module
   */
  ModuleClasses(String root, Map<String, ScriptModule.Weight> weights) {
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
    module = module(root, top);
  }

  /** The outermost module. */
  ScriptModule module() {
    return module;
  }

  /**
   * The source of all classes.
   *
   * @param methods of the outermost one, indented by two
   */
  String source(String methods) {
    StringBuilder source = new StringBuilder();
    types.forEach(
        (body, type) -> {
          source.append("class ").append(type).append("(Module):\n").append(body);
          source.append(type.equals(root) ? methods : "");
        });
    return source.toString();
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

  private ScriptModule module(String name, Node node) {
    Map<String, ScriptModule> inner = new LinkedHashMap<>();
    node.inner.forEach((key, each) -> inner.put(key, module(key, each)));
    StringBuilder body = new StringBuilder("  __parameters__ = [");
    node.weights.keySet().forEach(key -> body.append('"').append(key).append("\", "));
    body.append("]\n  __buffers__ = []\n");
    node.weights.keySet().forEach(key -> body.append(declared(key, "Tensor")));
    body.append(declared("training", "bool"));
    inner.forEach((key, each) -> body.append(declared(key, "__torch__." + each.type())));
    String type = types.computeIfAbsent(body.toString(), key -> unused(name));
    return new ScriptModule(type, inner, node.weights);
  }

  private static String declared(String attribute, String type) {
    return IDENTIFIER.matcher(attribute).matches()
        ? "  " + attribute + " : " + type + "\n"
        : "  __annotations__[\"" + attribute + "\"] = " + type + "\n";
  }

  /** A class name after an attribute: {@code q_proj} gives QProj, a number Item. */
  private String unused(String attribute) {
    StringBuilder name = new StringBuilder();
    for (String word : attribute.split("\\W|_", -1)) {
      if (!word.isEmpty()) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    String wanted = IDENTIFIER.matcher(name).matches() ? name.toString() : "Item";
    String free = wanted;
    for (int i = 2; types.containsValue(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }
}
