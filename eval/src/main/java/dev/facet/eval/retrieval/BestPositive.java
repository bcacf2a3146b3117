package dev.facet.eval.retrieval;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds a query's best positive: its score, the first candidate that has it, and how many positives
 * share it. One instance serves one thread, query after query.
 */
final class BestPositive implements IntConsumer {
  private final ExactScores scores;
  private final int[] lastQuery;
  private int query = -1;
  private double score;
  private int first;
  private int tied;
  private int count;

  BestPositive(ExactScores scores, int candidates) {
    this.scores = scores;
    this.lastQuery = new int[candidates];
    Arrays.fill(lastQuery, -1);
  }

  void start(int newQuery) {
    query = newQuery;
    score = Double.NEGATIVE_INFINITY;
    first = Integer.MAX_VALUE;
    tied = 0;
    count = 0;
  }

  /** Takes one positive; repeated ones are ignored. */
  @Override
  public void accept(int candidate) {
    if (lastQuery[candidate] == query) {
      return;
    }
    lastQuery[candidate] = query;
    count++;
    double s = scores.of(query, candidate);
    if (s > score) {
      score = s;
      first = candidate;
      tied = 1;
    } else if (s == score) {
      first = Math.min(first, candidate);
      tied++;
    }
  }

  /** Whether a candidate is one of the positives taken since the start. */
  boolean has(int candidate) {
    return lastQuery[candidate] == query;
  }

  double score() {
    return score;
  }

  int first() {
    return first;
  }

  int tied() {
    return tied;
  }

  int count() {
    return count;
  }
}
