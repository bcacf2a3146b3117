package dev.facet.eval.retrieval;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;

/**
 * Retrieval figures of one direction, over all its queries.
 *
 * @param r1 recall@1: share of queries of rank 1, in [0, 1]
 * @param r5 share of rank at most 5
 * @param r10 share of rank at most 10
 * @param medianRank median rank, the mean of the two middle ones for an even count
 * @param mrr mean of 1 / rank
 * @param meanRank mean rank
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Direction(
    double r1, double r5, double r10, double medianRank, double mrr, double meanRank) {

  /** From 1-based ranks, at least one. */
  static Direction of(double[] ranks) {
    double[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double sum = 0;
    double reciprocal = 0;
    for (double rank : sorted) {
      sum += rank;
      reciprocal += 1 / rank;
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Direction(
        within(sorted, 1), within(sorted, 5), within(sorted, 10), median, reciprocal / n, sum / n);
  }

  private static double within(double[] sorted, int k) {
    int count = 0;
    while (count < sorted.length && sorted[count] <= k) {
      count++;
    }
    return (double) count / sorted.length;
  }
}
