package dev.facet.model.selfcheck;

/**
 * The time that a self-check may take: at most two seconds, and at most a hundredth of the run. How
 * long a check takes is told from what those before it took, beginning with a guess.
 */
final class Budget {
  /** The most that the whole may take. */
  static final double SECONDS = 2;

  private static final double SHARE = 0.01;

  /** 256 MB of float32; with gradients and narrower copies some four times that. */
  private static final double NUMBERS = 64e6;

  private final double runWork;
  private final double seconds;

  /** The guess: 1e8 of work at 5e10 a second, 1e6 terms at 5e8. What is measured outweighs it. */
  private double work = 1e8;

  private double workSeconds = 0.002;
  private double terms = 1e6;
  private double termSeconds = 0.002;
  private double spent;

  /**
   * A budget.
   *
   * @param runWork the work of the whole run, as {@link Cost#work}
   * @param seconds at most
   */
  Budget(double runWork, double seconds) {
    this.runWork = runWork;
    this.seconds = seconds;
  }

  /** Seconds that the whole check may take. */
  double limit() {
    return Math.min(seconds, SHARE * runWork * workSeconds / work);
  }

  /** Seconds that it has taken. */
  double spent() {
    return spent;
  }

  /** Whether what this costs can still be spent. */
  boolean fits(Cost cost) {
    return cost.numbers() <= NUMBERS && spent + seconds(cost) <= limit();
  }

  private double seconds(Cost cost) {
    return cost.work() * workSeconds / work + cost.terms() * termSeconds / terms;
  }

  /** Notes what something took. */
  void spend(Cost cost, double inOperation, double inReference) {
    work += cost.work();
    workSeconds += inOperation;
    terms += cost.terms();
    termSeconds += inReference;
    spent += inOperation + inReference;
  }
}
