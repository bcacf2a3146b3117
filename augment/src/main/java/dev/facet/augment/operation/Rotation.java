package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Turns the picture around the centre of what is seen, counter-clockwise for positive angles:
 * torchvision's {@code RandomRotation}. As all geometry is one resampling, the corners show what
 * the picture has there, and black only beyond its edges.
 *
 * @param degrees the angle is drawn uniformly from [-degrees, degrees]
 */
public record Rotation(@Range(min = 0, max = 180) double degrees) implements Operation, Geometry {

  /** As far as a head tilts without anybody noticing. */
  public static final Rotation DEFAULT = new Rotation(10);

  @Override
  public void move(Frame frame, SampleRandom random) {
    frame.turn(Math.toRadians(random.nextDouble(-degrees, degrees)));
  }
}
