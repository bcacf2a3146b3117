package dev.facet.model.training;

import org.jspecify.annotations.Nullable;

/**
 * How a weight follows its gradients, where it does so in another way than most.
 *
 * @param rate what the learning rate is multiplied by
 * @param decay weight decay in place of the run's, of matrices and larger arrays; null is the run's
 */
public record WeightRule(double rate, @Nullable Double decay) {
  /** As most weights do. */
  static final WeightRule USUAL = new WeightRule(1, null);
}
