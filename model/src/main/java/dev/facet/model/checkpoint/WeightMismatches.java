package dev.facet.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.tensors.StoredWeight;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a file's weights and a model do not go together. */
final class WeightMismatches {
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
            both(name, entry.origin()) + ": found " + entry.type() + ", expected a float type");
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
            + "\n"
            + "to train all the same, with what is missing drawn at random and what is unknown left"
            + " out: model.strict=false");
  }

  private static String both(String ours, @Nullable String theirs) {
    return theirs == null || theirs.equals(ours) ? ours : ours + " (" + theirs + ")";
  }
}
