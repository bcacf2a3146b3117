package dev.facet.eval.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The largest difference between groups whose figures were drawn independently, and how sure it is.
 * It is the largest because it was looked for among all pairs, so its interval holds for all pairs
 * at once: a difference, more and less its standard error as many times as 95 % of the samples need
 * for the pair that is farthest off (the max-t bootstrap: Westfall and Young, Resampling-Based
 * Multiple Testing, 1993, 2.3). Of two groups that is the interval of their difference.
 *
 * @param highest number of the group with the highest figure
 * @param lowest number of the group with the lowest one
 * @param value of the first less that of the second
 * @param interval null where nothing was drawn
 */
record LargestGap(int highest, int lowest, double value, @Nullable Interval interval) {

  /**
   * Of one figure.
   *
   * @param figures of the groups, two or more
   * @param samples of each group, as many as of any other; none where there are no intervals
   */
  static LargestGap of(double[] figures, double[][] samples) {
    int highest = 0;
    int lowest = 0;
    for (int group = 1; group < figures.length; group++) {
      highest = figures[group] > figures[highest] ? group : highest;
      lowest = figures[group] < figures[lowest] ? group : lowest;
    }
    if (highest == lowest) { // all alike
      lowest = 1;
    }
    double value = figures[highest] - figures[lowest];
    if (samples[0].length == 0) {
      return new LargestGap(highest, lowest, value, null);
    }
    double[] variance = new double[figures.length];
    for (int group = 0; group < figures.length; group++) {
      variance[group] = variance(samples[group]);
    }
    double width = farthest(figures, samples, variance);
    width *= Math.sqrt(variance[highest] + variance[lowest]);
    return new LargestGap(highest, lowest, value, new Interval(value - width, value + width));
  }

  private static double variance(double[] sample) {
    double mean = Arrays.stream(sample).average().orElseThrow();
    return Arrays.stream(sample).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }

  /** How many standard errors hold every pair's difference, in 95 % of the samples. */
  private static double farthest(double[] figures, double[][] samples, double[] variance) {
    double[] most = new double[samples[0].length];
    for (int a = 1; a < figures.length; a++) {
      for (int b = 0; b < a; b++) {
        double error = Math.sqrt(variance[a] + variance[b]);
        if (error == 0) {
          continue; // neither ever varies
        }
        double difference = figures[a] - figures[b];
        for (int i = 0; i < most.length; i++) {
          double off = Math.abs(samples[a][i] - samples[b][i] - difference);
          most[i] = Math.max(most[i], off / error);
        }
      }
    }
    Arrays.sort(most);
    return Bootstrap.quantile(most, Bootstrap.LEVEL);
  }
}
