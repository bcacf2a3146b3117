package dev.facet.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Weights from a file, held against those that a model wants from it. */
final class Fitting {
  /** Names that a note shows. */
  private static final int SHOWN = 8;

  private final List<Parameter> wanted;
  private final Map<String, Incoming> found;
  private final List<String> unfit = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Fitting(List<Parameter> wanted, Map<String, Incoming> found) {
    this.wanted = wanted;
    this.found = found;
  }

  /** Leaves out these weights, to be drawn for another joint space than the file's. */
  Fitting without(Collection<Parameter> heads, Consumer<String> note) {
    Set<String> names = heads.stream().map(Parameter::getName).collect(Collectors.toSet());
    List<Parameter> drawn =
        wanted.stream().filter(each -> names.contains(each.getName())).toList();
    wanted.removeAll(drawn);
    found.keySet().removeAll(names);
    if (!drawn.isEmpty()) {
      note.accept(
          "drawn for the new width of the joint space: "
              + shown(drawn.stream().map(Parameter::getName).toList()));
    }
    return this;
  }

  /**
   * Compares names, shapes and types.
   *
   * @param whole whether the file is to hold nothing else
   */
  Fitting compare(boolean whole) {
    for (Parameter parameter : wanted) {
      String name = parameter.getName();
      Incoming entry = found.get(name);
      if (entry == null) {
        unfit(name, "missing, expected " + parameter.getShape());
      } else if (!entry.shape().equals(parameter.getShape())) {
        unfit(name, "found " + entry.shape() + ", expected " + parameter.getShape());
      } else if (!entry.type().isFloat()) {
        unfit(name, "found " + entry.type() + ", expected F32, F16 or BF16");
      }
    }
    if (whole) {
      extras().forEach(name -> problems.add(name + ": not part of this architecture"));
    }
    return this;
  }

  private void unfit(String name, String why) {
    unfit.add(name);
    problems.add(name + ": " + why);
  }

  private List<String> extras() {
    Set<String> known = wanted.stream().map(Parameter::getName).collect(Collectors.toSet());
    // Published checkpoints carry two buffers of position numbers, which are no weights.
    return found.keySet().stream()
        .filter(name -> !known.contains(name) && !name.endsWith(".position_ids"))
        .toList();
  }

  /** Refuses the file if anything does not fit. */
  void require(Path directory) {
    if (!problems.isEmpty()) {
      throw FacetException.usage(
          directory.resolve(ModelDirectory.WEIGHTS)
              + " does not fit "
              + directory.resolve(ModelDirectory.CONFIG)
              + ":\n  "
              + String.join("\n  ", problems)
              + "\nto train all the same, with these weights drawn at random and those of no use"
              + " left out: model.strict=false");
    }
  }

  /** Says what does not fit and goes on with the rest. */
  void tell(Path directory, Consumer<String> note) {
    if (unfit.size() == wanted.size() && !wanted.isEmpty()) {
      throw FacetException.usage(
          directory + ": no weight fits the model; first of all: " + problems.getFirst());
    }
    if (!problems.isEmpty()) {
      note.accept(
          directory
              + " does not fit in "
              + problems.size()
              + " places; missing weights were drawn, others ignored: "
              + shown(problems));
    }
  }

  /** Sets what fits. */
  void fill(NDManager manager) {
    for (Parameter parameter : wanted) {
      if (!unfit.contains(parameter.getName())) {
        Incoming entry = Objects.requireNonNull(found.get(parameter.getName()));
        parameter.setInitializer((owner, shape, type) -> entry.read().apply(owner));
        parameter.initialize(manager, DataType.FLOAT32);
      }
    }
  }

  private static String shown(List<String> lines) {
    int more = lines.size() - SHOWN;
    return String.join(", ", lines.subList(0, Math.min(SHOWN, lines.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
