package dev.facet.eval.retrieval;

/**
 * The 1-based rank of every query, by query index, in one direction, and its average precision.
 *
 * <p>Ranks are whole numbers but for {@link TieRule#MID}.
 */
public final class Ranks {
  private final double[] rank;
  private final double[] precision;
  private final int[] positives;
  private final int candidates;

  Ranks(double[] rank, double[] precision, int[] positives, int candidates) {
    this.rank = rank;
    this.precision = precision;
    this.positives = positives;
    this.candidates = candidates;
  }

  /** Others of the same queries among the same candidates. */
  Ranks with(double[] otherRank, double[] otherPrecision) {
    return new Ranks(otherRank, otherPrecision, positives, candidates);
  }

  /** How many candidates there are. */
  int candidates() {
    return candidates;
  }

  /** How many of them are right for a query. */
  int positives(int query) {
    return positives[query];
  }

  double precision(int query) {
    return precision[query];
  }

  /** A copy of all ranks. */
  public double[] toArray() {
    return rank.clone();
  }

  /** The average precision at {@link RetrievalSettings#depth} of all queries, a copy. */
  public double[] precisions() {
    return precision.clone();
  }

  /** The rank of one query. */
  public double of(int query) {
    return rank[query];
  }

  /** Recall@K and its companions. */
  public Direction summary() {
    return Direction.of(rank);
  }

  /** What random order would reach on the same queries. */
  public Chance chance() {
    return Chance.of(positives, candidates);
  }
}
