package dev.facet.prepare.duplicates;

import dev.facet.base.Range;

/**
 * Which photos are taken for copies of one another.
 *
 * @param drop whether of copies only the first is kept; else all are, on the side of the first
 * @param near whether near copies are looked for too; else only photos of equal bytes are one
 * @param distance bits in which the coarse halves of the perceptual hashes of near copies may
 *     differ; the fine halves, twice as many
 */
public record DuplicateSettings(boolean drop, boolean near, @Range(min = 0, max = 6) int distance) {
  /** Near copies, at six bits. */
  public static final DuplicateSettings DEFAULT = new DuplicateSettings(true, true, 6);
}
