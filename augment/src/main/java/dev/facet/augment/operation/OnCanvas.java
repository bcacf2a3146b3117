package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.SampleRandom;

/** An operation on the resampled picture. */
public interface OnCanvas {

  /** Draws, and changes the picture. */
  void apply(Canvas canvas, SampleRandom random);
}
