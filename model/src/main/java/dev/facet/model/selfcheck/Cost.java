package dev.facet.model.selfcheck;

/**
 * What it takes to check an operation.
 *
 * @param work of the operation itself: its floating-point operations, and for each number that it
 *     reads or writes as many as go by meanwhile
 * @param numbers in memory at a time
 * @param terms that are added up in float64
 */
record Cost(double work, double numbers, double terms) {
  /** Floating-point operations in the time in which one number comes from memory and goes back. */
  private static final double WORK_PER_NUMBER = 32;

  static Cost of(double operations, double numbers, double terms) {
    return new Cost(operations + WORK_PER_NUMBER * numbers, numbers, terms);
  }
}
