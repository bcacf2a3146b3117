package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Where the time of a step went, in milliseconds to three decimals. A device that works behind is
 * waited for where a number is read, which is at the end of forward and of update.
 *
 * @param waitMs for the batch
 * @param copyMs to the device
 * @param forwardMs features and loss
 * @param backwardMs gradients
 * @param updateMs norm, weights, and the sums over replicas
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StepTime(
    double waitMs, double copyMs, double forwardMs, double backwardMs, double updateMs) {
  /** Of a step of which nothing is known. */
  public static final StepTime NONE = new StepTime(0, 0, 0, 0, 0);

  /** The same with the wait before it. */
  public StepTime waited(long nanos) {
    return new StepTime(millis(nanos), copyMs, forwardMs, backwardMs, updateMs);
  }

  /** From nanoseconds, without a wait. */
  public static StepTime of(long copy, long forward, long backward, long update) {
    return new StepTime(0, millis(copy), millis(forward), millis(backward), millis(update));
  }

  /** A mean that moves so far towards another step. */
  public StepTime towards(StepTime step, double weight) {
    return new StepTime(
        waitMs + weight * (step.waitMs - waitMs),
        copyMs + weight * (step.copyMs - copyMs),
        forwardMs + weight * (step.forwardMs - forwardMs),
        backwardMs + weight * (step.backwardMs - backwardMs),
        updateMs + weight * (step.updateMs - updateMs));
  }

  /** Everything together. */
  public double totalMs() {
    return waitMs + copyMs + forwardMs + backwardMs + updateMs;
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
