package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Drops all colour: every channel becomes luma (ITU-R BT.601), torchvision's {@code
 * RandomGrayscale}.
 *
 * @param probability of doing so
 */
public record Grey(@Range(min = 0, max = 1) double probability) implements Operation, ColourChange {

  /** One in ten. */
  public static final Grey DEFAULT = new Grey(0.1);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() < probability) {
      canvas.colour().saturation(0);
    }
  }
}
