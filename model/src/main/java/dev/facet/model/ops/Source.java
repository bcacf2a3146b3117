package dev.facet.model.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code ops.py}: the class {@code __torch__.Ops}, and its methods one by one. */
public final class OpsSource {
  private static final Pattern METHOD =
      Pattern.compile("  def (\\w+)\\(self: __torch__\\.Ops(.*)\\) -> Tensor:\n((?:    .*\n)+)");

  private static final Pattern OWN_CALL = Pattern.compile("\\(self\\)\\.(\\w+)\\(");

  /**
   * A method.
   *
   * @param parameters those after {@code self}, each as {@code name: type}
   */
  private record Method(String name, List<String> parameters, String body) {}

  private OpsSource() {}

  static String text() {
    try (InputStream in = OpsSource.class.getResourceAsStream("ops.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The methods that these calls need, as methods of another class. Numbers, which reach {@link
   * Ops} as scalar arrays, are parameters of type int and float here.
   *
   * @param type of {@code self}
   */
  public static String methods(String type, List<Recording.Call> calls) {
    Map<String, Method> all = all();
    Map<String, Method> needed = new LinkedHashMap<>();
    Deque<Method> open = new ArrayDeque<>();
    for (Recording.Call call : calls) {
      Method method = Objects.requireNonNull(all.get(call.method()), call.method());
      open.add(withNumbers(method, call.arguments()));
    }
    while (!open.isEmpty()) {
      Method method = open.remove();
      if (needed.putIfAbsent(method.name, method) == null) {
        Matcher inner = OWN_CALL.matcher(method.body);
        while (inner.find()) {
          open.add(Objects.requireNonNull(all.get(inner.group(1)), inner.group()));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (Method each : needed.values()) {
      text.append("  def ").append(each.name).append("(self: ").append(type);
      each.parameters.forEach(parameter -> text.append(", ").append(parameter));
      text.append(") -> Tensor:\n").append(each.body);
    }
    return text.toString();
  }

  private static Map<String, Method> all() {
    Map<String, Method> all = new LinkedHashMap<>();
    Matcher found = METHOD.matcher(text());
    while (found.find()) {
      List<String> parameters = List.of(found.group(2).substring(2).split(", "));
      all.put(found.group(1), new Method(found.group(1), parameters, found.group(3)));
    }
    return all;
  }

  private static Method withNumbers(Method method, List<Recording.Argument> arguments) {
    String[] parameters = method.parameters.toArray(String[]::new);
    for (int i = 0; i < parameters.length; i++) {
      String name = parameters[i].substring(0, parameters[i].indexOf(':'));
      switch (arguments.get(i)) {
        case Recording.Whole _ -> parameters[i] = name + ": int";
        case Recording.Real _ -> parameters[i] = name + ": float";
        default -> {}
      }
    }
    return new Method(method.name, List.of(parameters), method.body);
  }
}
