package dev.facet.model.checkpoint;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.tensors.StoredWeight;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Weights from a file, held against those that a model wants from it. */
final class WeightLoading {
  /** Names that a note shows. */
  private static final int SHOWN = 8;

  private final DualEncoder model;
  private final List<Parameter> wanted;
  private final Map<String, StoredWeight> found;

  /** What is wrong with a weight, by its name. */
  private final Map<String, String> problems = new LinkedHashMap<>();

  WeightLoading(DualEncoder model, List<Parameter> wanted, Map<String, StoredWeight> found) {
    this.model = model;
    this.wanted = wanted;
    this.found = found;
  }

  /** Leaves out these weights, to be drawn for another joint space than the file's. */
  WeightLoading without(Collection<Parameter> heads, Consumer<String> note) {
    Set<String> names = heads.stream().map(Parameter::getName).collect(Collectors.toSet());
    List<Parameter> drawn = wanted.stream().filter(each -> names.contains(each.getName())).toList();
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
   * Compares names, shapes and types; what was not left out has to be among them.
   *
   * @param whole whether the file is to hold nothing else
   * @return a line for each problem
   */
  Collection<String> compare(WeightNames naming, boolean whole) {
    problems.putAll(WeightMismatches.of(model, wanted, naming, found, whole));
    return problems.values();
  }

  /** Says what does not fit and goes on with the rest. */
  void tell(Path directory, Consumer<String> note) {
    List<String> lines = List.copyOf(problems.values());
    if (!wanted.isEmpty()
        && wanted.stream().allMatch(each -> problems.containsKey(each.getName()))) {
      throw FacetException.usage(
          directory + ": no weight fits the model; first of all: " + lines.getFirst());
    }
    if (!problems.isEmpty()) {
      note.accept(
          directory
              + " does not fit in "
              + problems.size()
              + " places; missing weights were drawn, others ignored: "
              + shown(lines));
    }
  }

  /** Sets what fits. */
  void fill() {
    for (Parameter parameter : wanted) {
      if (!problems.containsKey(parameter.getName())) {
        StoredWeight entry = Objects.requireNonNull(found.get(parameter.getName()));
        parameter.setInitializer((owner, shape, type) -> entry.read().apply(owner));
        parameter.initialize(model.manager(), DataType.FLOAT32);
      }
    }
  }

  private static String shown(List<String> lines) {
    int more = lines.size() - SHOWN;
    return String.join(", ", lines.subList(0, Math.min(SHOWN, lines.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
