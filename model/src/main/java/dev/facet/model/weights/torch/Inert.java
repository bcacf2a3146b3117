package dev.facet.model.weights.torch;

/**
 * Stands for every value of a pickle that no tensor needs (None, bytes, sets, numpy scalars, long
 * texts, arguments of a training script): known to be data, and dropped.
 */
enum Inert {
  INSTANCE
}
