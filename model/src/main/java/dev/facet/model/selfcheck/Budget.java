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

  private final Rate work = new Rate(1e8, 0.002);
  private final Rate terms = new Rate(1e6, 0.002);
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
    return Math.min(seconds, SHARE * work.seconds(runWork));
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
    return work.seconds(cost.work()) + terms.seconds(cost.terms());
  }

  /** Notes what something took. */
  void spend(Cost cost, double inOperation, double inReference) {
    work.note(cost.work(), inOperation);
    terms.note(cost.terms(), inReference);
    spent += inOperation + inReference;
  }

  /**
   * How long work of one kind takes: as long as the latest that was about as heavy as the heaviest
   * so far. Of what is light most of the time goes elsewhere.
   */
  private static final class Rate {
    private double heaviest;
    private double perUnit;

    /** A guess, for which nothing lighter counts. */
    Rate(double amount, double seconds) {
      heaviest = amount;
      perUnit = seconds / amount;
    }

    void note(double amount, double seconds) {
      if (amount >= heaviest / 2) {
        heaviest = Math.max(heaviest, amount);
        perUnit = seconds / amount;
      }
    }

    double seconds(double amount) {
      return amount * perUnit;
    }
  }
}
