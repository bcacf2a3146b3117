package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.facet.model.ops.TrainingOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what was learned is still numbers. */
public final class Finiteness {
  private Finiteness() {}

  /**
   * The arrays that hold an infinity or NaN. Reads each once, and takes no memory beside them.
   *
   * @param arrays by name; those of integers are passed over
   */
  public static List<String> broken(NDManager manager, Map<String, NDArray> arrays) {
    List<String> names = new ArrayList<>();
    List<NDArray> floats = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (array.getDataType() == DataType.FLOAT32 && array.size() > 0) {
            names.add(name);
            floats.add(array);
          }
        });
    List<String> broken = new ArrayList<>();
    if (floats.isEmpty()) {
      return broken;
    }
    try (NDManager scope = manager.newSubManager()) {
      float[] peaks = TrainingOps.get().peaks(scope, floats).toFloatArray();
      for (int i = 0; i < peaks.length; i++) {
        if (!Float.isFinite(peaks[i])) {
          broken.add(names.get(i));
        }
      }
    }
    return broken;
  }
}
