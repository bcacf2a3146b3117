package dev.facet.train;

import dev.facet.eval.log.StepTime;
import java.time.Duration;

/** Speed over the last steps. */
final class Pace {
  /** A running mean forgets a step after about ten. */
  private static final double WEIGHT = 0.1;

  private final long total;
  private final long first;
  private final long began = System.nanoTime();
  private double imagesPerSecond;
  private double dataWait;
  private StepTime parts = StepTime.NONE;

  Pace(long first, long total) {
    this.first = first;
    this.total = total;
  }

  void add(int images, StepTime step, long nanos) {
    double weight = imagesPerSecond == 0 ? 1 : WEIGHT;
    imagesPerSecond += weight * (images * 1e9 / nanos - imagesPerSecond);
    dataWait += weight * (step.waitMs() * 1e6 / nanos - dataWait);
    parts = parts.towards(step, weight);
  }

  double imagesPerSecond() {
    return imagesPerSecond;
  }

  double dataWait() {
    return dataWait;
  }

  StepProgress progress(TrainState state, float loss, double lr) {
    double perStep = (double) (System.nanoTime() - began) / (state.step() - first);
    Duration remaining = Duration.ofNanos((long) (perStep * (total - state.step())));
    return new StepProgress(
        state.step(),
        total,
        loss,
        lr,
        imagesPerSecond,
        dataWait,
        parts,
        state.skipped(),
        remaining);
  }
}
