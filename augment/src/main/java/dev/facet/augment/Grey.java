package dev.facet.augment;

import dev.facet.base.Range;

/**
 * Drops all colour: every channel becomes luma (ITU-R BT.601), torchvision's {@code
 * RandomGrayscale}.
 *
 * @param probability of doing so
 */
public record Grey(@Range(min = 0, max = 1) double probability) implements Operation, Colour {

  /** One in ten. */
  public static final Grey DEFAULT = new Grey(0.1);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() < probability) {
      canvas.colour().saturation(0);
    }
  }
}
