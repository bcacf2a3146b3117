package dev.facet.augment;

/** An operation on the resampled picture. */
sealed interface OnCanvas permits Colour, Retouch {

  /** Draws, and changes the picture. */
  void apply(Canvas canvas, SampleRandom random);
}
