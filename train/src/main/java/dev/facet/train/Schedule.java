package dev.facet.train;

/**
 * Linear warm-up, then half a cosine to zero (Loshchilov and Hutter 2017, "SGDR", equation 5
 * without restarts; open_clip's cosine_lr).
 *
 * @param peak learning rate at the end of warm-up
 * @param warmup steps
 * @param total steps of the whole run
 */
record Schedule(double peak, long warmup, long total) {
  /** The learning rate of a step, counted from 1. */
  double rate(long step) {
    if (step <= warmup) {
      return peak * step / warmup;
    }
    double progress = (double) (step - 1 - warmup) / Math.max(1, total - warmup);
    return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
