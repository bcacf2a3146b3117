package dev.facet.eval.retrieval;

import java.util.stream.IntStream;

/** What is found of every query of a direction; several threads fill in different ones. */
final class RankTable {
  private final double[] rank;
  private final double[] precision;
  private final int[] positives;

  RankTable(int queries) {
    this.rank = new double[queries];
    this.precision = new double[queries];
    this.positives = new int[queries];
  }

  void set(int query, double newRank, double newPrecision, int newPositives) {
    rank[query] = newRank;
    precision[query] = newPrecision;
    positives[query] = newPositives;
  }

  /** Takes a query's from others. */
  void take(Ranks others, int query) {
    set(query, others.of(query), others.precision(query), others.positives(query));
  }

  /** The queries without a rank, ascending; ranks begin at 1. */
  int[] missing() {
    return IntStream.range(0, rank.length).filter(query -> rank[query] == 0).toArray();
  }

  double rank(int query) {
    return rank[query];
  }

  double precision(int query) {
    return precision[query];
  }

  int positives(int query) {
    return positives[query];
  }

  /** All of them, among so many candidates. */
  Ranks ranks(int candidates) {
    return new Ranks(rank, precision, positives, candidates);
  }
}
