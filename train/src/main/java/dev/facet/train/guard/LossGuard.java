package dev.facet.train.guard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges steps before they are taken: a loss or gradient that is no finite number would make the
 * weights no numbers, and a loss far above the usual may be the begin of a divergence. A pure
 * function of settings, state and step, so that a resumed run judges alike.
 */
public final class LossGuard {
  private final GuardSettings settings;

  public LossGuard(GuardSettings settings) {
    this.settings = settings;
  }

  /**
   * What speaks against a step, or null.
   *
   * @param before as of the steps before
   * @param norm of the gradients
   */
  public @Nullable String objection(Guarded before, float loss, float norm) {
    if (!Float.isFinite(loss) || !Float.isFinite(norm)) {
      return String.format(
          Locale.ROOT, "the loss is %s and the gradient norm %s", number(loss), number(norm));
    }
    Double spike = settings.spike();
    if (spike != null
        && before.losses() >= settings.spikeWindow()
        && loss > spike * before.meanLoss()) {
      return String.format(
          Locale.ROOT,
          "the loss is %.4g, more than train.spike = %s times the usual %.4g",
          loss,
          spike,
          before.meanLoss());
    }
    return null;
  }

  private static String number(float value) {
    return Float.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value)
        : Float.toString(value);
  }

  /** What is remembered after a step. */
  public Guarded after(Guarded before, float loss, boolean refused) {
    return refused ? before.refuse() : before.accept(loss, settings.spikeWindow());
  }

  /** Whether so many steps were refused that the run has to go back. */
  public boolean lost(Guarded now) {
    return now.inRow() >= settings.nonfinite();
  }

  /** Whether the run may go back once more. */
  public boolean mayRewind(Guarded now) {
    return now.rewinds() < settings.rewinds();
  }
}
