package dev.facet.model.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of the {@code .py} files beside this class, in the form that libtorch compiles.
 *
 * <p>The files are written to be read: PyTorch as Python has it, in plain functions, with comments,
 * blank lines, lines that go on inside parentheses, and constants under their names. Libtorch's
 * serialised TorchScript (torch/csrc/jit/docs/serialization.md) knows none of that: there,
 * functions are methods of a class, types are numbers, and {@code torch} has the functions of
 * {@code F} too.
 */
public final class Source {
  private static final List<String> FILES =
      List.of(
          "embedding.py",
          "layers.py",
          "block.py",
          "bert.py",
          "pooling.py",
          "losses.py",
          "flip.py",
          "optimizer.py",
          "parts.py",
          "similarity.py");

  /** Names of torch's and Facet's own, and what stands for them in the serialised form. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    // Numbers of types: c10/core/ScalarType.h.
    NAMES.put("torch.int32", "3");
    NAMES.put("torch.int64", "4");
    NAMES.put("torch.float32", "6");
    NAMES.put("torch.bool", "11");
    NAMES.put("F.logsigmoid", "torch.log_sigmoid");
    for (Duplicates each : Duplicates.values()) {
      NAMES.put("Duplicates." + each, Integer.toString(each.code()));
    }
    for (Activation each : Activation.values()) {
      NAMES.put("Activation." + each, Integer.toString(each.code()));
    }
  }

  private static final Pattern COMMENT = Pattern.compile("\\s*#.*$");
  private static final Pattern CONSTANT = Pattern.compile("([A-Z]\\w*) = (.+)");

  /** A name with the dots before it; what is called has its parenthesis. */
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_][\\w.]*\\(?");

  private static final Source INSTANCE = new Source();

  private final SequencedMap<String, Function> functions = new LinkedHashMap<>();

  private Source() {
    Map<String, String> constants = new LinkedHashMap<>(NAMES);
    List<String> lines = new ArrayList<>();
    for (String file : FILES) {
      for (String line : joined(read(file))) {
        Matcher constant = CONSTANT.matcher(line);
        if (constant.matches()) {
          constants.put(constant.group(1), constant.group(2));
        } else {
          lines.add(line);
        }
      }
    }
    List<String> body = new ArrayList<>();
    for (String line : lines.reversed()) {
      if (line.startsWith("def ")) {
        Function function = Function.of(line, List.copyOf(body.reversed()));
        functions.putFirst(function.name(), function);
        body.clear();
      } else {
        body.add(line);
      }
    }
    functions.replaceAll((_, function) -> function.withElementsOf(functions));
    functions.replaceAll((_, function) -> function.translated(name -> serialised(name, constants)));
  }

  static Source get() {
    return INSTANCE;
  }

  /**
   * The function of that name.
   *
   * @throws IllegalStateException if there is none
   */
  Function function(String name) {
    Function function = functions.get(name);
    if (function == null) {
      throw new IllegalStateException("no .py file has a function " + name);
    }
    return function;
  }

  Collection<Function> functions() {
    return functions.values();
  }

  /** The class {@code __torch__.Ops} with all functions, and what Java calls them through. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
    text.append("  training : bool\n");
    for (Function each : functions.values()) {
      text.append(each.method("__torch__.Ops")).append(each.entryMethod("__torch__.Ops"));
    }
    return text.toString();
  }

  /**
   * The functions that these calls need, as methods of another class.
   *
   * @param type of {@code self}
   */
  public static String methods(String type, List<Recording.Call> calls) {
    Map<String, Function> needed = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    calls.forEach(call -> open.add(call.function()));
    while (!open.isEmpty()) {
      Function function = INSTANCE.function(open.remove());
      if (needed.putIfAbsent(function.name(), function) == null) {
        open.addAll(function.called());
      }
    }
    StringBuilder text = new StringBuilder();
    needed.values().forEach(each -> text.append(each.method(type)));
    return text.toString();
  }

  /** Lines without comments; what goes on inside parentheses is one line. */
  private static List<String> joined(String text) {
    List<String> whole = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int depth = 0;
    for (String raw : text.lines().toList()) {
      String line = COMMENT.matcher(raw).replaceFirst("");
      if (line.isBlank()) {
        continue;
      }
      boolean glued = open.isEmpty() || open.charAt(open.length() - 1) == '(';
      open.append(open.isEmpty() ? line : (glued ? "" : " ") + line.strip());
      depth += (int) line.chars().filter(c -> "([".indexOf(c) >= 0).count();
      depth -= (int) line.chars().filter(c -> ")]".indexOf(c) >= 0).count();
      if (depth == 0) {
        whole.add(open.toString());
        open.setLength(0);
      }
    }
    return whole;
  }

  private String serialised(String line, Map<String, String> constants) {
    UnaryOperator<String> one =
        name -> {
          if (name.endsWith("(") && functions.containsKey(name.substring(0, name.length() - 1))) {
            return "(self)." + name;
          }
          String plain = name.replace("(", "");
          String known = constants.getOrDefault(plain, plain).replaceFirst("^F\\.", "torch.");
          return known + name.substring(plain.length());
        };
    return NAME.matcher(line).replaceAll((MatchResult found) -> quoted(one.apply(found.group())));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  private static String read(String file) {
    try (InputStream in = Source.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
