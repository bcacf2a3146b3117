package dev.facet.train.schedule;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long the learning rate rises; one of these says it.
 *
 * @param warmupSteps optimizer steps; null is {@value #STEPS} where nothing else is said
 * @param warmupSamples pairs seen
 * @param warmupEpochs passes over the training split, and parts of one
 */
public record WarmUp(
    @FixedOnResume @Range(min = 0, max = 10_000_000) @Nullable Integer warmupSteps,
    @FixedOnResume @Range(min = 0, max = 1e15) @Nullable Long warmupSamples,
    @FixedOnResume @Range(min = 0, max = 100_000) @Nullable Double warmupEpochs) {
  private static final int STEPS = 100;

  /** So many steps. */
  public static WarmUp ofSteps(int steps) {
    return new WarmUp(steps, null, null);
  }

  /**
   * Its steps; samples and epochs to the nearest.
   *
   * @param perEpoch steps of an epoch
   * @param batch pairs in a step
   */
  public long steps(long perEpoch, int batch) {
    if (warmupSamples != null) {
      return Math.round((double) warmupSamples / batch);
    }
    if (warmupEpochs != null) {
      return Math.round(warmupEpochs * perEpoch);
    }
    return warmupSteps == null ? STEPS : warmupSteps;
  }

  /** The setting that says how long it is. */
  public String setting() {
    if (warmupSamples != null) {
      return "train.warmup_samples";
    }
    return warmupEpochs != null ? "train.warmup_epochs" : "train.warmup_steps";
  }

  /** For people. */
  public String text() {
    if (warmupSamples != null) {
      return String.format(Locale.ROOT, "%,d pairs", warmupSamples);
    }
    return warmupEpochs != null
        ? warmupEpochs + " epochs"
        : String.format(Locale.ROOT, "%,d steps", warmupSteps == null ? STEPS : warmupSteps);
  }
}
