package dev.facet.model.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.ops.Ops;
import java.util.Map;

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
    Map<String, NDArray> to = trained.weights();
    require(from, to);
    Ops.inference(
        () -> {
          to.forEach((name, weight) -> move(weight, from.get(name), share));
          return null;
        });
  }

  private static void move(NDArray weight, NDArray start, double share) {
    if (weight.getDataType() == DataType.FLOAT32) {
      try (NDArray rest = start.mul(1 - share)) {
        weight.muli(share).addi(rest);
      }
    }
  }

  private static void require(Map<String, NDArray> from, Map<String, NDArray> to) {
    to.forEach(
        (name, weight) -> {
          NDArray other = from.get(name);
          if (other == null || !other.getShape().equals(weight.getShape())) {
            throw FacetException.usage(
                "cannot blend: %s is %s in the checkpoint and %s in the weights it started from"
                    .formatted(
                        name, weight.getShape(), other == null ? "missing" : other.getShape()));
          }
        });
  }
}
