package dev.facet.eval.measure;

import dev.facet.base.SampleRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How sure figures are: pictures are drawn with replacement, as many as there are, each with all
 * its queries, again and again; the middle 95 % of the figures that result are the interval. What
 * is retrieved from stays as it is. Percentile intervals: Efron and Tibshirani, An Introduction to
 * the Bootstrap (1993), 13.3; whole pictures, as captions of one picture are not independent.
 *
 * @param resamples how often, 1 or more
 * @param seed the same draws for the same seed, on any number of threads
 */
public record Bootstrap(int resamples, long seed) {
  /** How sure an interval is. */
  public static final double LEVEL = 0.95;

  /** Figures of a sample of pictures. */
  public interface Sampled {
    /**
     * Of one sample.
     *
     * @param times how often each picture is in it
     * @return NaN for a figure that this sample has not
     */
    double[] of(int[] times);
  }

  /** An interval for each figure, over the samples that have it. */
  public List<Interval> intervals(Sampled figures, int images) {
    return samples(figures, images).stream().map(Bootstrap::interval).toList();
  }

  /** What each figure was in the samples, ascending. */
  List<double[]> samples(Sampled figures, int images) {
    return sorted(draws(figures, images));
  }

  /** The figures of every sample, in the order of the draws. */
  List<double[]> draws(Sampled figures, int images) {
    SplittableRandom root = new SplittableRandom(seed);
    List<SplittableRandom> draws = Stream.generate(root::split).limit(resamples).toList();
    return draws.parallelStream().map(draw -> figures.of(times(draw, images))).toList();
  }

  /** Others, of which nothing is known from these. */
  Bootstrap independent(long number) {
    return new Bootstrap(resamples, SampleRandom.mix(SampleRandom.mix(seed) + number + 1));
  }

  /** Samples by figure, ascending. */
  static List<double[]> sorted(List<double[]> samples) {
    return IntStream.range(0, samples.getFirst().length)
        .mapToObj(
            figure ->
                samples.stream()
                    .mapToDouble(each -> each[figure])
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray())
        .toList();
  }

  private static int[] times(SplittableRandom random, int images) {
    int[] times = new int[images];
    for (int i = 0; i < images; i++) {
      times[random.nextInt(images)]++;
    }
    return times;
  }

  /** The middle of a figure's samples. */
  static Interval interval(double[] sorted) {
    return new Interval(quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2));
  }

  /** Linear between the two nearest; NaN of none. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Every picture once. */
  public static int[] once(int images) {
    int[] times = new int[images];
    Arrays.fill(times, 1);
    return times;
  }
}
