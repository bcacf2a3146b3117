package dev.facet.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facet.loader.Position;
import dev.facet.train.guard.Guarded;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run must remember beside weights and moments.
 *
 * @param step optimizer steps done
 * @param epoch of the next batch
 * @param samples of that epoch already consumed, by all ranks together
 * @param skipped bad samples dropped since the run began
 * @param bestRecall the best evaluation so far, by {@link dev.facet.train.best.BestMetric}; 0
 *     before the first
 * @param bestStep the step of that evaluation
 * @param layout {@link dev.facet.loader.data.Dataset#layout} of the training data; 0 where a
 *     checkpoint does not know
 * @param guarded what is remembered of refused steps; never null, nothing where a checkpoint does
 *     not know
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrainState(
    long step,
    int epoch,
    long samples,
    long skipped,
    double bestRecall,
    long bestStep,
    long layout,
    @Nullable Guarded guarded) {

  public TrainState {
    if (guarded == null) {
      guarded = Guarded.NOTHING;
    }
  }

  /** What is remembered of refused steps. */
  @Override
  public Guarded guarded() {
    return Objects.requireNonNull(guarded);
  }

  /** Before the first step on such data. */
  static TrainState start(long layout) {
    return new TrainState(0, 0, 0, 0, 0, 0, layout, Guarded.NOTHING);
  }

  Position position() {
    return new Position(epoch, samples);
  }

  /** After one more step, whose batch lacked {@code dropped} bad samples. */
  TrainState stepped(Position next, int dropped) {
    return new TrainState(
        step + 1,
        next.epoch(),
        next.samples(),
        skipped + dropped,
        bestRecall,
        bestStep,
        layout,
        guarded);
  }

  /** With what is remembered of refused steps. */
  TrainState with(Guarded now) {
    return new TrainState(step, epoch, samples, skipped, bestRecall, bestStep, layout, now);
  }

  /** With the best evaluation that another state knows of. */
  TrainState withBestOf(TrainState other) {
    return new TrainState(
        step, epoch, samples, skipped, other.bestRecall, other.bestStep, layout, guarded);
  }

  /** As before the first evaluation. */
  TrainState withoutBest() {
    return new TrainState(step, epoch, samples, skipped, 0, 0, layout, guarded);
  }

  /** After an evaluation that is better than all before. */
  TrainState best(double recall) {
    return new TrainState(step, epoch, samples, skipped, recall, step, layout, guarded);
  }
}
