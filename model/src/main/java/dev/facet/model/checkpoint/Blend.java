package dev.facet.model.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.ops.Ops;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights between those that a training started from and those that it ended with: {@code (1 -
 * share) * start + share * trained}, weight by weight (Wortsman et al. 2022, "Robust fine-tuning of
 * zero-shot models", equation 1: WiSE-FT). Part of the way there keeps most of what was learned and
 * more of what was known.
 */
public final class Blend {
  private Blend() {}

  /**
   * Moves a trained model towards its start, in place. Weights that are no fractions stay.
   *
   * @param share of what was trained: 0 is the start, 1 changes nothing
   * @throws FacetException if the two do not have the same weights
   */
  public static void move(DualEncoder trained, DualEncoder start, double share) {
    Map<String, NDArray> from = start.weights();
    trained
        .weights()
        .forEach(
            (name, weight) -> {
              NDArray other = matching(name, weight, from.get(name));
              Ops.inference(() -> move(weight, other, share));
            });
  }

  private static NDArray move(NDArray weight, NDArray start, double share) {
    if (weight.getDataType() == DataType.FLOAT32) {
      try (NDArray rest = start.mul(1 - share)) {
        weight.muli(share).addi(rest);
      }
    }
    return weight;
  }

  private static NDArray matching(String name, NDArray weight, @Nullable NDArray start) {
    if (start == null || !start.getShape().equals(weight.getShape())) {
      throw FacetException.usage(
          "cannot blend: %s is %s in the checkpoint and %s in the weights it started from"
              .formatted(name, weight.getShape(), start == null ? "missing" : start.getShape()));
    }
    return start;
  }
}
