package dev.facet.model.training;

import ai.djl.ndarray.NDArray;

/**
 * What one training step sees.
 *
 * @param pixels normalised, [N, 3, S, S] float32
 * @param ids tokens, [N, T] int64
 * @param pairs [N, K] int64, K numbers for each pair, such as its picture's and its caption's, or
 *     [N] for one; pairs that agree in a number are no negatives of each other
 * @param epochs of training done so far, with the part of the current one
 */
public record TrainingBatch(NDArray pixels, NDArray ids, NDArray pairs, double epochs) {
  /** Number of pairs. */
  int size() {
    return (int) ids.getShape().get(0);
  }
}
