package dev.facet.eval.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How numbers are spread: what TensorBoard's legacy {@code HistogramProto} holds (summary.proto).
 *
 * @param limits upper ends of the buckets, rising; the first begins at {@code min}
 * @param counts numbers in each bucket
 */
record Distribution(
    double min,
    double max,
    double sum,
    double sumOfSquares,
    List<Double> limits,
    List<Double> counts) {
  private static final int BUCKETS = 30;

  Distribution {
    limits = List.copyOf(limits);
    counts = List.copyOf(counts);
  }

  /**
   * Of numbers, in 30 buckets of equal width; those that are not finite are left out.
   *
   * @return null where none is left
   */
  static @Nullable Distribution of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        squares += (double) value * value;
      }
    }
    if (min > max) {
      return null;
    }
    double[] counts = new double[min == max ? 1 : BUCKETS];
    double width = (max - min) / counts.length;
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bucket = width == 0 ? 0 : (int) ((value - min) / width);
        counts[Math.min(bucket, counts.length - 1)]++;
      }
    }
    List<Double> limits = new ArrayList<>();
    for (int bucket = 1; bucket <= counts.length; bucket++) {
      limits.add(bucket == counts.length ? max : min + bucket * width);
    }
    return new Distribution(min, max, sum, squares, limits, Arrays.stream(counts).boxed().toList());
  }

  /** How many numbers there were. */
  double count() {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }
}
