package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * The loss of a batch.
 *
 * @param total scalar; what gradients are taken of
 * @param parts the scalars it is the sum of, by name; none where it is one
 */
public record Loss(NDArray total, Map<String, NDArray> parts) {
  /** A loss of one piece. */
  static Loss of(NDArray total) {
    return new Loss(total, Map.of());
  }
}
