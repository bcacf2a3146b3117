package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Multiplies all channels: {@code f p}, torchvision's {@code adjust_brightness}.
 *
 * @param spread the factor f is drawn uniformly from [max(0, 1 - spread), 1 + spread]
 */
public record Brightness(@Range(min = 0, max = 10) double spread)
    implements Operation, ColourChange {

  /** A tenth up or down. */
  public static final Brightness DEFAULT = new Brightness(0.1);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    canvas.colour().brightness(factor(spread, random));
  }

  static double factor(double spread, SampleRandom random) {
    return random.nextDouble(Math.max(0, 1 - spread), 1 + spread);
  }
}
