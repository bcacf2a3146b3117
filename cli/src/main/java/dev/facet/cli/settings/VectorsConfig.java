package dev.facet.cli.settings;

import dev.facet.base.FixedOnResume;

/**
 * What becomes of stored vectors that stand in the pictures' places.
 *
 * @param normalise whether each is scaled to length 1 before anything else
 */
public record VectorsConfig(@FixedOnResume Head head, @FixedOnResume boolean normalise) {
  /** What takes a vector to the joint space. */
  public enum Head {
    /** A linear map that learns. */
    LINEAR,
    /** Nothing: the joint space is that of the vectors. */
    NONE
  }

  /** Whether a linear map learns. */
  public boolean projected() {
    return head == Head.LINEAR;
  }
}
