package dev.facet.augment;

/** An operation on the resampled picture. */
interface OnCanvas {

  /** Draws, and changes the picture. */
  void apply(Canvas canvas, SampleRandom random);
}
