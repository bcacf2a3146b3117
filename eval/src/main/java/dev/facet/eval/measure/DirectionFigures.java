package dev.facet.eval.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The figures of one direction, of all pictures or of some of them several times: sums are kept for
 * each picture, so that a sample of pictures costs nothing per query.
 */
final class DirectionFigures {
  /** The name of recall@K, without K. */
  static final String RECALL = "r";

  private static final String MEDIAN = "median_rank";

  private final List<String> names = new ArrayList<>();

  /** For each figure that is a mean over queries: its sum over the queries of every picture. */
  private final List<double[]> sums = new ArrayList<>();

  private final int[] queries;
  private final double[] sortedRanks;
  private final int[] imageOfSorted;
  private final int images;

  /**
   * @param images how many pictures there are
   * @param recallAt K of recall@K
   * @param depth K of mAP@K
   */
  DirectionFigures(Outcomes.Queries outcomes, int images, Collection<Integer> recallAt, int depth) {
    this.images = images;
    this.queries = new int[images];
    for (int image : outcomes.image()) {
      queries[image]++;
    }
    for (int k : recallAt) {
      add(RECALL + k, outcomes, outcomes.rank(), rank -> rank <= k ? 1 : 0);
    }
    names.add(MEDIAN);
    add("mrr", outcomes, outcomes.rank(), rank -> 1 / rank);
    add("mean_rank", outcomes, outcomes.rank(), rank -> rank);
    add("map" + depth, outcomes, outcomes.precision(), precision -> precision);

    double[] rank = outcomes.rank();
    int[] order =
        IntStream.range(0, rank.length)
            .boxed()
            .sorted(Comparator.comparingDouble(query -> rank[query]))
            .mapToInt(Integer::intValue)
            .toArray();
    sortedRanks = Arrays.stream(order).mapToDouble(query -> rank[query]).toArray();
    imageOfSorted = Arrays.stream(order).map(query -> outcomes.image()[query]).toArray();
  }

  private void add(
      String name, Outcomes.Queries outcomes, double[] of, DoubleUnaryOperator figure) {
    double[] sum = new double[images];
    for (int query = 0; query < of.length; query++) {
      sum[outcomes.image()[query]] += figure.applyAsDouble(of[query]);
    }
    names.add(name);
    sums.add(sum);
  }

  /** The names of the figures, in their order. */
  List<String> names() {
    return names;
  }

  /**
   * The figures of a sample.
   *
   * @param times how often each picture is in it, with its queries
   */
  double[] of(int[] times) {
    long count = 0;
    for (int image = 0; image < images; image++) {
      count += (long) times[image] * queries[image];
    }
    double[] figures = new double[names.size()];
    int at = 0;
    for (int i = 0; i < figures.length; i++) {
      figures[i] =
          names.get(i).equals(MEDIAN) ? median(times, count) : sum(sums.get(at++), times) / count;
    }
    return figures;
  }

  private static double sum(double[] ofImage, int[] times) {
    double sum = 0;
    for (int image = 0; image < times.length; image++) {
      sum += times[image] * ofImage[image];
    }
    return sum;
  }

  /** The mean of the two middle ones for an even count. */
  private double median(int[] times, long count) {
    long lower = (count - 1) / 2;
    long upper = count / 2;
    double low = Double.NaN;
    long seen = 0;
    for (int i = 0; i < sortedRanks.length; i++) {
      seen += times[imageOfSorted[i]];
      if (Double.isNaN(low) && seen > lower) {
        low = sortedRanks[i];
      }
      if (seen > upper) {
        return (low + sortedRanks[i]) / 2;
      }
    }
    throw new IllegalStateException("no query in the sample");
  }
}
