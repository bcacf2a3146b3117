package dev.facet.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facet.loader.Position;

/**
 * What a run must remember beside weights and moments.
 *
 * @param step optimizer steps done
 * @param epoch of the next batch
 * @param samples of that epoch already consumed, by all ranks together
 * @param skipped bad samples dropped since the run began
 * @param bestRecall the best evaluation so far, see {@link Trainer}; 0 before the first
 * @param bestStep the step of that evaluation
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrainState(
    long step, int epoch, long samples, long skipped, double bestRecall, long bestStep) {
  static final TrainState START = new TrainState(0, 0, 0, 0, 0, 0);

  Position position() {
    return new Position(epoch, samples);
  }

  /** After one more step, whose batch lacked {@code dropped} bad samples. */
  TrainState stepped(Position next, int dropped) {
    return new TrainState(
        step + 1, next.epoch(), next.samples(), skipped + dropped, bestRecall, bestStep);
  }

  /** With the best evaluation that another state knows of. */
  TrainState withBestOf(TrainState other) {
    return new TrainState(step, epoch, samples, skipped, other.bestRecall, other.bestStep);
  }

  /** After an evaluation that is better than all before. */
  TrainState best(double recall) {
    return new TrainState(step, epoch, samples, skipped, recall, step);
  }
}
