package dev.facet.model.training;

import dev.facet.model.ops.Ops;

/**
 * The first half of a training step: batch, loss, gradients. The second, in which weights follow
 * and gradients are cleared, is {@link FusedAdamW}.
 */
public final class TrainingStep {
  private final Objective objective;
  private long backwardNanos;

  public TrainingStep(Objective objective) {
    this.objective = objective;
  }

  /**
   * The loss of a batch; its gradients are in the trained weights afterwards.
   *
   * @param seed of the step's random numbers
   */
  public Loss gradients(MicroBatches batch, long seed) {
    long before = Ops.backwardNanos();
    Loss loss = Ops.recording(() -> objective.gradients(batch, seed));
    backwardNanos = Ops.backwardNanos() - before;
    return loss;
  }

  /** How much of the last call went into taking gradients back; the rest is forward. */
  public long backwardNanos() {
    return backwardNanos;
  }

  /** As {@link #gradients(MicroBatches, long)}, of a batch that is one part. */
  public Loss gradients(TrainingBatch batch, long seed) {
    return gradients(MicroBatches.whole(batch), seed);
  }
}
