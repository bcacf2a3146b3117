package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a file's weights and a model do not go together. */
final class WeightMismatches {
  /** Lines that a message shows; a model has hundreds of weights. */
  private static final int SHOWN = 40;

  private WeightMismatches() {}

  /**
   * Every weight that is missing, of another shape or type, or not wanted: a line each, by name.
   *
   * @param whole whether the file is to hold nothing else
   */
  static Map<String, String> of(
      DualEncoder model,
      List<Parameter> wanted,
      WeightNames naming,
      Map<String, StoredWeight> found,
      boolean whole) {
    Map<String, String> theirs = naming.theirNames();
    Map<String, String> problems = new LinkedHashMap<>();
    Set<String> known = new HashSet<>();
    for (Parameter parameter : wanted) {
      String name = parameter.getName();
      known.add(name);
      StoredWeight entry = found.get(name);
      Shape expected = parameter.getShape();
      if (entry == null) {
        problems.put(name, both(name, theirs.get(name)) + ": missing, expected " + expected);
      } else if (!entry.shape().equals(expected)) {
        problems.put(
            name,
            both(name, entry.origin()) + ": found " + entry.shape() + ", expected " + expected);
      } else if (model.typeOf(name) == TensorType.I64) {
        if (entry.type() != TensorType.I64) {
          problems.put(
              name, both(name, entry.origin()) + ": found " + entry.type() + ", expected I64");
        }
      } else if (!entry.type().isFloat()) {
        problems.put(
            name,
            both(name, entry.origin()) + ": found " + entry.type() + ", expected F32, F16 or BF16");
      }
    }
    found.forEach(
        (name, entry) -> {
          if (whole && !known.contains(name)) {
            problems.put(name, both(name, entry.origin()) + ": not part of this architecture");
          }
        });
    return problems;
  }

  /** The same for arrays that are to be read in place, from a file with their names. */
  static List<String> of(Map<String, NDArray> arrays, Weights found) {
    List<String> problems = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          TensorEntry entry = found.find(name);
          Shape expected = array.getShape();
          TensorType type = WeightWriter.typeOf(array);
          if (entry == null) {
            problems.add(name + ": missing, expected " + expected);
          } else if (!new Shape(entry.shape()).equals(expected)) {
            problems.add(name + ": found " + new Shape(entry.shape()) + ", expected " + expected);
          } else if (entry.type() != type) {
            problems.add(name + ": found " + entry.type() + ", expected " + type);
          }
        });
    found.tensors().keySet().stream()
        .filter(name -> !arrays.containsKey(name))
        .forEach(name -> problems.add(name + ": not part of this model"));
    return problems;
  }

  /** A line each, the first of them if there are many. */
  static String listed(Collection<String> problems) {
    int more = problems.size() - SHOWN;
    return problems.stream().limit(SHOWN).collect(Collectors.joining("\n  "))
        + (more > 0 ? "\n  and " + more + " more" : "");
  }

  /** One message: that the file is of another kind of model, or else all lines. */
  static FacetException refusal(
      Path configFile, Architecture config, Weights weights, Collection<String> problems) {
    Resemblance like = Resemblance.of(WeightNames.unwrapped(weights).keySet());
    if (like != null && !like.type().equals(config.type())) {
      return FacetException.usage(
          "%s holds %s, but %s describes a model of type %s; give files of one model"
              .formatted(weights.file(), like.words(), configFile, config.type()));
    }
    return FacetException.usage(
        weights.file()
            + " does not fit "
            + configFile
            + ":\n  "
            + String.join("\n  ", problems)
            + "\nto train all the same, with what is missing drawn at random and what is unknown left"
            + " out: model.strict=false");
  }

  private static String both(String ours, @Nullable String theirs) {
    return theirs == null || theirs.equals(ours) ? ours : ours + " (" + theirs + ")";
  }
}
