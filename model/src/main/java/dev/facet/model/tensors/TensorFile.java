package dev.facet.model.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A run's own arrays, by their own names in one safetensors file as {@link FolderContent} writes.
 */
public final class TensorFile {
  private TensorFile() {}

  /**
   * Reads float32 and int64 arrays of a run's checkpoint in place; names, types and shapes must be
   * the same.
   *
   * @throws FacetException naming all that are not; then nothing was read
   */
  public static void read(Path file, Map<String, NDArray> arrays) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      List<String> problems = mismatches(arrays, tensors);
      if (!problems.isEmpty()) {
        throw FacetException.run(
            String.format(
                Locale.ROOT,
                """
                %s does not fit this run's model in %d places:
                  %s
                resume with the config this run was started with, or start a new run""",
                file,
                problems.size(),
                ProblemLines.of(problems)));
      }
      for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
        TensorEntry entry = Objects.requireNonNull(tensors.find(each.getKey()));
        try (Arena arena = Arena.ofConfined();
            NDManager scope = each.getValue().getManager().newSubManager()) {
          Ops.get().assign(each.getValue(), StoredWeight.view(scope, entry, arena));
        }
      }
    }
  }

  /** The same for arrays that are to be read in place, from a file with their names. */
  private static List<String> mismatches(Map<String, NDArray> arrays, Weights found) {
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
}
