package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Moves each pixel away from its own grey, or towards it: {@code f p + (1 - f) luma(p)},
 * torchvision's {@code adjust_saturation}; Haeberli and Voorhies, "Image Processing by
 * Interpolation and Extrapolation", IRIS Universe 28, 1994.
 *
 * @param spread the factor f is drawn uniformly from [max(0, 1 - spread), 1 + spread]
 */
public record Saturation(@Range(min = 0, max = 10) double spread)
    implements Operation, ColourChange {

  /** A tenth up or down. */
  public static final Saturation DEFAULT = new Saturation(0.1);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    canvas.colour().saturation(Brightness.factor(spread, random));
  }
}
