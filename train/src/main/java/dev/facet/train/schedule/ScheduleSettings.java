package dev.facet.train.schedule;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Inline;
import dev.facet.base.Range;

/**
 * How the learning rate changes.
 *
 * @param schedule what it does after warm-up
 * @param minLr where it ends, in place of 0
 * @param cooldown share of the run's steps in which the rate of {@link
 *     ScheduleKind#CONSTANT_COOLDOWN} falls; may be another on resume
 */
public record ScheduleSettings(
    @FixedOnResume ScheduleKind schedule,
    @FixedOnResume @Range(min = 0, max = 10) double minLr,
    @Inline WarmUp warmUp,
    @Range(above = 0, max = 1) double cooldown) {

  /**
   * The rates of a run.
   *
   * @param peak learning rate
   * @param total steps of the run
   * @param perEpoch steps of an epoch
   * @param batch pairs in a step
   */
  public Schedule of(double peak, long total, long perEpoch, int batch) {
    return new Schedule(
        schedule, peak, minLr, warmUp.steps(perEpoch, batch), cooldownSteps(total), total);
  }

  /** Steps at the end in which the rate falls, where it stays at its peak before. */
  public long cooldownSteps(long total) {
    return schedule == ScheduleKind.CONSTANT_COOLDOWN
        ? Math.max(1, Math.round(cooldown * total))
        : 0;
  }
}
