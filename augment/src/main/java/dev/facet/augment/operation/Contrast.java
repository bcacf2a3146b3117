package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Moves all channels away from the picture's mean grey m, or towards it: {@code f p + (1 - f) m},
 * torchvision's {@code adjust_contrast}.
 *
 * @param spread the factor f is drawn uniformly from [max(0, 1 - spread), 1 + spread]
 */
public record Contrast(@Range(min = 0, max = 10) double spread) implements Operation, ColourChange {

  /** A tenth up or down. */
  public static final Contrast DEFAULT = new Contrast(0.1);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    double factor = Brightness.factor(spread, random);
    if (factor != 1) {
      canvas.colour().contrast(factor, canvas.meanGrey());
    }
  }
}
