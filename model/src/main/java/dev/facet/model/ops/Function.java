package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of the {@code .py} files.
 *
 * <p>Java hands over arrays only. So each function that takes numbers, or returns nothing, is
 * called through an entry of its own: that takes all numbers as one array behind the others.
 *
 * @param lines its body, indented as in the file
 */
record Function(String name, List<Parameter> parameters, boolean returns, List<String> lines) {
  private static final Pattern HEAD = Pattern.compile("def (\\w+)\\((.*)\\) -> (Tensor|None):");

  private static final Pattern UNPACKING = Pattern.compile("\\(?([\\w, ]+?)\\)? = (\\w+)");

  private static final Pattern OWN_CALL = Pattern.compile("\\(self\\)\\.(\\w+)\\(");

  /** A call whose arguments are all names or numbers. */
  private static final Pattern PLAIN_CALL = Pattern.compile("(\\w+)\\(([^()]*)\\)");

  /** What a parameter takes. */
  enum Type {
    ARRAY("Tensor"),
    ARRAYS("List[Tensor]"),
    INT("int"),
    FLOAT("float"),
    BOOL("bool");

    private static final Map<String, Type> BY_LABEL =
        Map.of(
            ARRAY.label,
            ARRAY,
            ARRAYS.label,
            ARRAYS,
            INT.label,
            INT,
            FLOAT.label,
            FLOAT,
            BOOL.label,
            BOOL);

    private final String label;

    Type(String label) {
      this.label = label;
    }

    boolean takes(Object argument) {
      return switch (this) {
        case ARRAY -> argument instanceof NDArray;
        case ARRAYS -> argument instanceof List;
        case INT -> argument instanceof Integer || argument instanceof Long;
        case FLOAT -> argument instanceof Double;
        case BOOL -> argument instanceof Boolean;
      };
    }

    boolean isNumber() {
      return this != ARRAY && this != ARRAYS;
    }
  }

  /**
   * A parameter.
   *
   * @param elements names that the body gives to what is in a list, in order; else none
   */
  record Parameter(String name, Type type, List<String> elements) {
    @Override
    public String toString() {
      return name + ": " + type.label;
    }
  }

  /** Reads a function as it stands in a file, its head in one line. */
  static Function of(String head, List<String> lines) {
    Matcher found = HEAD.matcher(head);
    if (!found.matches()) {
      throw new IllegalStateException("not the head of a function: " + head);
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String each : found.group(2).split(", ", -1)) {
      int colon = each.indexOf(": ");
      String name = each.substring(0, colon);
      Type type = Type.BY_LABEL.get(each.substring(colon + 2));
      if (type == null) {
        throw new IllegalStateException(
            head + ": a parameter is none of " + Type.BY_LABEL.keySet());
      }
      parameters.add(new Parameter(name, type, elements(name, lines)));
    }
    return new Function(found.group(1), parameters, found.group(3).equals("Tensor"), lines);
  }

  private static List<String> elements(String list, List<String> lines) {
    for (String line : lines) {
      Matcher found = UNPACKING.matcher(line.strip());
      if (found.matches() && found.group(2).equals(list) && found.group(1).contains(",")) {
        return List.of(found.group(1).split(", ", -1));
      }
    }
    return List.of();
  }

  /** With the names that a function gives to a list which this one only hands on. */
  Function withElementsOf(Map<String, Function> others) {
    return new Function(
        name,
        parameters.stream()
            .map(
                each ->
                    each.type == Type.ARRAYS && each.elements.isEmpty()
                        ? new Parameter(each.name, each.type, handedOn(each.name, others))
                        : each)
            .toList(),
        returns,
        lines);
  }

  private List<String> handedOn(String list, Map<String, Function> others) {
    for (String line : lines) {
      Matcher call = PLAIN_CALL.matcher(line);
      while (call.find()) {
        Function other = others.get(call.group(1));
        int place = List.of(call.group(2).split(", ", -1)).indexOf(list);
        if (other != null && place >= 0) {
          return other.parameters.get(place).elements;
        }
      }
    }
    return List.of();
  }

  Function translated(UnaryOperator<String> line) {
    return new Function(name, parameters, returns, lines.stream().map(line).toList());
  }

  /** As a method of a class. */
  String method(String type) {
    StringBuilder text = new StringBuilder(head(name, type, parameters, returns));
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  /** What Java calls; nothing, if that is the function itself. */
  String entryMethod(String type) {
    if (entry().equals(name)) {
      return "";
    }
    List<Parameter> arrays =
        parameters.stream().filter(each -> !each.type.isNumber()).collect(Collectors.toList());
    StringJoiner arguments = new StringJoiner(", ");
    int numbers = 0;
    for (Parameter each : parameters) {
      arguments.add(
          each.type.isNumber() ? each.type.label + "(numbers[" + numbers++ + "])" : each.name);
    }
    if (numbers > 0) {
      arrays.add(new Parameter("numbers", Type.ARRAY, List.of()));
    }
    String call = "(self)." + name + "(" + arguments + ")";
    return head(entry(), type, arrays, true)
        + (returns ? "    return " + call : "    _0 = " + call + "\n    return torch.zeros([0])")
        + "\n";
  }

  /** The name of what Java calls. */
  String entry() {
    boolean plain = returns && parameters.stream().noneMatch(each -> each.type.isNumber());
    return plain ? name : "from_java_" + name;
  }

  /** Functions that this one calls. */
  Set<String> called() {
    Set<String> names = new LinkedHashSet<>();
    for (String line : lines) {
      Matcher found = OWN_CALL.matcher(line);
      while (found.find()) {
        names.add(found.group(1));
      }
    }
    return names;
  }

  /**
   * Holds arguments against the parameters.
   *
   * @throws IllegalStateException if their number, kinds, or the length of a list is another
   */
  void check(Object... arguments) {
    boolean right = arguments.length == parameters.size();
    for (int i = 0; right && i < arguments.length; i++) {
      Parameter parameter = parameters.get(i);
      right = parameter.type.takes(arguments[i]);
      if (right && arguments[i] instanceof List<?> list && !parameter.elements.isEmpty()) {
        right = list.size() == parameter.elements.size();
      }
    }
    if (!right) {
      throw new IllegalStateException(
          name
              + parameters
              + " is called with "
              + Stream.of(arguments).map(Function::kind).toList());
    }
  }

  private static String kind(Object argument) {
    return argument instanceof List<?> list
        ? "list of " + list.size()
        : argument instanceof NDArray ? "array" : argument.getClass().getSimpleName();
  }

  private static String head(
      String name, String type, List<Parameter> parameters, boolean returns) {
    StringBuilder text = new StringBuilder("  def " + name + "(self: " + type);
    parameters.forEach(each -> text.append(", ").append(each));
    return text.append(returns ? ") -> Tensor:\n" : ") -> NoneType:\n").toString();
  }
}
