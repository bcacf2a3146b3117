package dev.facet.train.schedule;

/**
 * The learning rate of every step of a run: linear warm-up from nearly nothing, then as its kind
 * says from the peak to the smallest.
 *
 * @param peak learning rate at the end of warm-up
 * @param floor smallest learning rate after it, at most the peak
 * @param warmup steps
 * @param cooldown steps at the end of {@link ScheduleKind#CONSTANT_COOLDOWN}
 * @param total steps of the whole run
 */
public record Schedule(
    ScheduleKind kind, double peak, double floor, long warmup, long cooldown, long total) {
  /** The learning rate of a step, counted from 1. */
  public double rate(long step) {
    if (step <= warmup) {
      return peak * step / warmup;
    }
    return floor + (peak - floor) * kind.factor(step - 1 - warmup, total - warmup, cooldown);
  }
}
