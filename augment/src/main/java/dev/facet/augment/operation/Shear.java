package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Slants the picture along x around the centre of what is seen: torchvision's {@code
 * RandomAffine(0, shear=degrees)}. Beyond the picture's edges it is black.
 *
 * @param degrees the angle is drawn uniformly from [-degrees, degrees]
 */
public record Shear(@Range(min = 0, max = 60) double degrees) implements Operation, Geometry {

  /** A slight slant. */
  public static final Shear DEFAULT = new Shear(5);

  @Override
  public void move(Frame frame, SampleRandom random) {
    frame.slant(Math.tan(Math.toRadians(random.nextDouble(-degrees, degrees))));
  }
}
