package dev.facet.model.training;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.model.ops.Duplicates;

/**
 * What a contrastive loss asks for.
 *
 * @param duplicates what pairs of the same picture or caption are to each other
 * @param labelSmoothing share of the targets that goes to all pairs alike
 * @param distillation share of the loss that a teacher gives, where there is one
 */
public record LossSettings(
    @FixedOnResume Duplicates duplicates,
    @FixedOnResume @Range(min = 0, below = 1) double labelSmoothing,
    @FixedOnResume @Range(above = 0, max = 1) double distillation) {
  /** Duplicates are left out, nothing is smoothed. */
  public static final LossSettings PLAIN = new LossSettings(Duplicates.MASK, 0, 0.5);
}
