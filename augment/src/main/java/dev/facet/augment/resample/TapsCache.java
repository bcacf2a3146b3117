package dev.facet.augment.resample;

import java.util.Arrays;

/** The latest few taps of one direction: data sets often have pictures of one size. */
final class TapsCache {
  private static final int SIZE = 4;

  private final Taps[] taps = new Taps[SIZE];
  private int oldest;

  TapsCache() {
    Arrays.setAll(taps, i -> new Taps());
  }

  /** As {@link Taps#compute}; valid until as many others were asked for. */
  Taps get(Interpolation kernel, int in, int out, int start, int count) {
    for (Taps known : taps) {
      if (known.fits(kernel, in, out, start, count)) {
        return known;
      }
    }
    Taps next = taps[oldest];
    oldest = (oldest + 1) % SIZE;
    next.compute(kernel, in, out, start, count);
    return next;
  }
}
