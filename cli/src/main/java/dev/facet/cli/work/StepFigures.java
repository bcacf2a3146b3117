package dev.facet.cli.work;

import dev.facet.eval.log.StepTime;
import dev.facet.train.StepProgress;
import java.util.Locale;

/** The figures of a step on the one line of progress, short enough for 80 columns. */
final class StepFigures {
  /** What the letters mean. */
  static final String LEGEND =
      "share of a step: w waits for data, c copies it, f forward, b backward, u update";

  private StepFigures() {}

  /**
   * {@code loss 2.345 1,234/s w3 c1 f30 b55 u11%}; what was skipped stands before the shares, as a
   * line that is too long loses its end.
   */
  static String text(StepProgress at) {
    StepTime parts = at.parts();
    double whole = Math.max(parts.totalMs(), Double.MIN_NORMAL) / 100;
    return String.format(
        Locale.ROOT,
        "loss %s  %,.0f/s%s  w%.0f c%.0f f%.0f b%.0f u%.0f%%",
        Float.isNaN(at.loss()) ? "none" : String.format(Locale.ROOT, "%.3f", at.loss()),
        at.imagesPerSecond(),
        at.skipped() == 0 ? "" : String.format(Locale.ROOT, "  %,d skipped", at.skipped()),
        parts.waitMs() / whole,
        parts.copyMs() / whole,
        parts.forwardMs() / whole,
        parts.backwardMs() / whole,
        parts.updateMs() / whole);
  }
}
