package dev.facet.eval.measure;

/**
 * By how much a figure differs between two evaluations of the same pairs.
 *
 * @param before its value in the first
 * @param after its value in the second
 * @param interval of {@code after - before}
 * @param p how often a difference as large would come about by the choice of pictures alone: twice
 *     the share of samples on the other side of zero, at most 1
 */
public record Difference(double before, double after, Interval interval, double p) {
  /** What changed. */
  public double value() {
    return after - before;
  }
}
