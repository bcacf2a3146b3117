package dev.facet.eval.retrieval;

/**
 * The 1-based rank of every query, by query index, in one direction.
 *
 * <p>Whole numbers but for {@link TieRule#MID}.
 */
public final class Ranks {
  private final double[] rank;
  private final int[] positives;
  private final int candidates;

  Ranks(double[] rank, int[] positives, int candidates) {
    this.rank = rank;
    this.positives = positives;
    this.candidates = candidates;
  }

  /** A copy of all ranks. */
  public double[] toArray() {
    return rank.clone();
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
