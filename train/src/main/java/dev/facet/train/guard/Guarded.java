package dev.facet.train.guard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a run remembers of refused steps.
 *
 * @param inRow the last so many steps were refused
 * @param refused steps since the run began, those that were done again aside
 * @param rewinds how often the run went back; part of the seed of its order
 * @param rewoundTo the step it went back to last; -1 before that
 * @param meanLoss running mean of the losses of steps that were not refused
 * @param losses number of these since the run began
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Guarded(
    int inRow, long refused, int rewinds, long rewoundTo, double meanLoss, long losses) {
  /** Of a run that has done nothing. */
  public static final Guarded NOTHING = new Guarded(0, 0, 0, -1, 0, 0);

  /** After a step that was refused. */
  Guarded refuse() {
    return new Guarded(inRow + 1, refused + 1, rewinds, rewoundTo, meanLoss, losses);
  }

  /** After a step that was not. */
  Guarded accept(float loss, int window) {
    double mean = meanLoss + (loss - meanLoss) / Math.min(losses + 1, window);
    return new Guarded(0, refused, rewinds, rewoundTo, mean, losses + 1);
  }

  /**
   * As a checkpoint has it, when the run goes back to it.
   *
   * @param now as the run had it before
   * @param step of the checkpoint
   */
  public Guarded rewound(Guarded now, long step) {
    return new Guarded(0, now.refused, now.rewinds + 1, step, meanLoss, losses);
  }
}
