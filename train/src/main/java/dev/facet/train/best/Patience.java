package dev.facet.train.best;

import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLine;
import java.util.List;

/** Counts evaluations that were no better than the best (Prechelt 1998, "Early stopping", UP). */
public final class Patience {
  private final int limit;
  private int waited;

  /**
   * @param limit of evaluations; 0 is none
   */
  public Patience(int limit) {
    this.limit = limit;
  }

  /** Whether anything is counted. */
  public boolean counts() {
    return limit > 0;
  }

  /**
   * Takes up the count where a log leaves it.
   *
   * @param set whose evaluations count
   * @param bestStep of the best evaluation
   */
  public void resume(List<RunLine> log, String set, long bestStep) {
    waited =
        (int)
            log.stream()
                .filter(line -> line instanceof EvalLine eval && eval.set().equals(set))
                .filter(line -> bestStep > 0 && line.step() > bestStep)
                .count();
  }

  /** Told of an evaluation. */
  public void evaluated(boolean better) {
    waited = better ? 0 : waited + 1;
  }

  /** Whether there were so many. */
  public boolean ended() {
    return limit > 0 && waited >= limit;
  }
}
