package dev.facet.eval.retrieval;

import java.util.Locale;

/**
 * Where a query's best positive stands among negatives of exactly the same score. Positives tied
 * with each other never count against each other. A collapsed model scores every pair alike: only
 * {@link #OPTIMISTIC} would then call it perfect.
 */
public enum TieRule {
  /** By candidate index, ascending: what a stable sort of the scores gives. */
  INDEX,
  /** Before all of them. */
  OPTIMISTIC,
  /** After all of them. */
  PESSIMISTIC,
  /** After half of them; the rank may end in .5. */
  MID;

  /** The name as written in {@code eval.json}: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
