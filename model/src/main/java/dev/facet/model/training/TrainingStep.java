package dev.facet.model.training;

import ai.djl.engine.Engine;
import ai.djl.training.GradientCollector;

/**
 * The first half of a training step: batch, loss, gradients. The second, in which weights follow,
 * is {@link FusedAdamW}.
 */
public final class TrainingStep {
  private final Trainable model;
  private final Objective objective;

  public TrainingStep(Trainable model, Objective objective) {
    this.model = model;
    this.objective = objective;
  }

  /**
   * The loss of a batch; its gradients are in the trained weights afterwards.
   *
   * @param seed of the step's random numbers
   */
  public Loss gradients(TrainingBatch batch, long seed) {
    model.startStep(seed);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      Loss loss = objective.loss(batch);
      model.backward(collector, loss.total());
      return loss;
    }
  }
}
