package dev.facet.prepare.duplicates;

import dev.facet.base.Range;

/**
 * Which photos are taken for copies of one another.
 *
 * @param near whether near copies are looked for too; else only photos of equal bytes are one
 * @param distance bits in which the coarse halves of the perceptual hashes of near copies may
 *     differ; the fine halves, twice as many
 */
public record DuplicateSettings(boolean near, @Range(min = 0, max = 6) int distance) {
  /** Near copies, at six bits. */
  public static final DuplicateSettings DEFAULT = new DuplicateSettings(true, 6);
}
