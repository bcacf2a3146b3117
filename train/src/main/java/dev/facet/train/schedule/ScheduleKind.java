package dev.facet.train.schedule;

/** What the learning rate does after warm-up. */
public enum ScheduleKind {
  /**
   * Half a cosine (Loshchilov and Hutter 2017, "SGDR", equation 5 without restarts; open_clip's
   * {@code cosine_lr}).
   */
  COSINE {
    @Override
    double factor(long done, long steps, long cooldown) {
      return 0.5 * (1 + Math.cos(Math.PI * share(done, steps)));
    }
  },
  /** A straight line. */
  LINEAR {
    @Override
    double factor(long done, long steps, long cooldown) {
      return 1 - share(done, steps);
    }
  },
  /** Stays at its peak (open_clip's {@code const_lr}). */
  CONSTANT {
    @Override
    double factor(long done, long steps, long cooldown) {
      return 1;
    }
  },
  /**
   * Stays at its peak, then a straight line (Hägele et al. 2024, "Scaling laws and compute-optimal
   * training beyond fixed training durations", section 3; open_clip's {@code const_lr_cooldown}).
   */
  CONSTANT_COOLDOWN {
    @Override
    double factor(long done, long steps, long cooldown) {
      return 1 - share(Math.max(0, done - (steps - cooldown)), cooldown);
    }
  };

  /**
   * Share of the way from the smallest rate up to the peak.
   *
   * @param done steps after warm-up before this one
   * @param steps after warm-up in all
   * @param cooldown how many of these are at the end, where the rate falls
   */
  abstract double factor(long done, long steps, long cooldown);

  private static double share(long done, long steps) {
    return (double) done / Math.max(1, steps);
  }
}
