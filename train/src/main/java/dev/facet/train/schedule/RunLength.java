package dev.facet.train.schedule;

import dev.facet.base.Range;
import org.jspecify.annotations.Nullable;

/**
 * How long a run is; one of these says it. May be another on resume, which stretches the schedule.
 *
 * @param epochs passes over the training split; null is {@value #EPOCHS} where nothing else is said
 * @param maxSteps optimizer steps
 * @param samples pairs seen, of which an incomplete last batch is not
 */
public record RunLength(
    @Range(min = 1, max = 100_000) @Nullable Integer epochs,
    @Range(min = 1, max = 2e9) @Nullable Integer maxSteps,
    @Range(min = 2, max = 1e15) @Nullable Long samples) {
  private static final int EPOCHS = 10;

  /** A run of so many epochs. */
  public static RunLength ofEpochs(int epochs) {
    return new RunLength(epochs, null, null);
  }

  /**
   * Steps of the whole run.
   *
   * @param perEpoch steps that all of an epoch's whole batches are
   * @param batch pairs in a step
   */
  public long steps(long perEpoch, int batch) {
    if (maxSteps != null) {
      return maxSteps;
    }
    return samples != null ? samples / batch : perEpoch * value();
  }

  /** Epochs that such a run begins. */
  public int epochs(long perEpoch, int batch) {
    return Math.toIntExact(Math.ceilDiv(steps(perEpoch, batch), perEpoch));
  }

  /** The setting that says how long the run is. */
  public String setting() {
    return maxSteps != null
        ? "train.max_steps"
        : samples != null ? "train.samples" : "train.epochs";
  }

  /** Its value. */
  public long value() {
    if (maxSteps != null) {
      return maxSteps;
    }
    return samples != null ? samples : epochs == null ? EPOCHS : epochs;
  }
}
