package dev.facet.train;

import dev.facet.eval.log.StepTime;

/**
 * What a step tells.
 *
 * @param loss of the batch; NaN where there was nothing to learn from
 * @param gradientNorm over all that learns, before it was limited; NaN likewise
 * @param time where it went, but for the wait
 */
record Learned(float loss, float gradientNorm, StepTime time) {
  static final Learned NOTHING = new Learned(Float.NaN, Float.NaN, StepTime.NONE);

  Learned with(StepTime spent) {
    return new Learned(loss, gradientNorm, spent);
  }
}
