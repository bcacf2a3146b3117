package dev.facet.augment.resample;

import java.util.Arrays;

/**
 * Which lines of a picture each line of a resampled one is made of, and their weights, in one
 * direction: Pillow's rule (precompute_coeffs in Resample.c), weights rounded to 22 bits behind the
 * point as there, so that ties of two levels are broken alike. Reusable; not thread-safe.
 */
final class Taps {
  /** Lines are summed this many at a time; what is left over has weight 0. */
  static final int STRIDE = 4;

  private static final double ONE = 1 << 22;

  private Interpolation kernel = Interpolation.BICUBIC;
  private int in;
  private int out;
  private int start;
  private int count;

  private int most;
  private int[] from = new int[0];
  private int[] counts = new int[0];
  private float[] sums = new float[0];
  private float[] weights = new float[0];
  private double[] exact = new double[0];
  private int first;
  private int end;

  /** Whether this is what {@link #compute} of the same arguments gives. */
  boolean fits(Interpolation newKernel, int newIn, int newOut, int newStart, int newCount) {
    return kernel == newKernel
        && in == newIn
        && out == newOut
        && start == newStart
        && count == newCount;
  }

  /** For lines {@code start} to {@code start + count} of {@code out} that show {@code in}. */
  void compute(Interpolation newKernel, int newIn, int newOut, int newStart, int newCount) {
    kernel = newKernel;
    in = newIn;
    out = newOut;
    start = newStart;
    count = newCount;
    double scale = (double) in / out;
    double stretch = Math.max(1, scale);
    double support = kernel.support() * stretch;
    most = Math.ceilDiv((int) Math.ceil(support) * 2 + 1, STRIDE) * STRIDE;
    if (from.length < count) {
      from = new int[count];
      counts = new int[count];
      sums = new float[count];
    }
    if (weights.length < count * most) {
      weights = new float[count * most];
    }
    if (exact.length < most) {
      exact = new double[most];
    }
    Arrays.fill(weights, 0, count * most, 0);
    first = in;
    end = 0;
    for (int i = 0; i < count; i++) {
      line(i, (start + i + 0.5) * scale, support, stretch);
    }
  }

  private void line(int i, double centre, double support, double stretch) {
    int begin = Math.max(0, (int) (centre - support + 0.5));
    int last = Math.min(in, (int) (centre + support + 0.5));
    double sum = 0;
    for (int s = begin; s < last; s++) {
      double weight = kernel.weight((s - centre + 0.5) / stretch);
      exact[s - begin] = weight;
      sum += weight;
    }
    double total = 0;
    for (int t = 0; t < last - begin; t++) {
      double weight = Math.rint(exact[t] / sum * ONE) / ONE;
      weights[i * most + t] = (float) weight; // exact: floats have 24 bits
      total += weight;
    }
    from[i] = begin;
    sums[i] = (float) total;
    counts[i] = last - begin;
    first = Math.min(first, begin);
    end = Math.max(end, last);
  }

  /** The first line that any needs. */
  int first() {
    return first;
  }

  /** The line after the last that any needs. */
  int end() {
    return end;
  }

  /** The first line that line {@code i} of the result needs. */
  int from(int i) {
    return from[i];
  }

  /** How many weights line {@code i} has. */
  int count(int i) {
    return counts[i];
  }

  /** The sum of a line's weights, 1 but for their rounding. */
  float sum(int i) {
    return sums[i];
  }

  /** The weight of line {@code from(i) + t}; 0 from {@code count(i)} to the next whole stride. */
  float weight(int i, int t) {
    return weights[i * most + t];
  }
}
