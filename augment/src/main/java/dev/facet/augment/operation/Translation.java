package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Shifts the picture: torchvision's {@code RandomAffine(0, translate=(share, share))}, without
 * rounding to whole pixels. What was cut away by an earlier crop comes into view; beyond the
 * picture's edges it is black.
 *
 * @param share the shift along x and y is drawn uniformly from [-share, share] of the width and
 *     height of what is seen
 */
public record Translation(@Range(min = 0, max = 1) double share) implements Operation, Geometry {

  /** A tenth. */
  public static final Translation DEFAULT = new Translation(0.1);

  @Override
  public void move(Frame frame, SampleRandom random) {
    double x = random.nextDouble(-share, share) * frame.width();
    frame.shift(x, random.nextDouble(-share, share) * frame.height());
  }
}
