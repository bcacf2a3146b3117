package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Cuts out a square from the centre; its side is a share of the shorter side. With share 1 what
 * torchvision's {@code Resize(n)} and {@code CenterCrop(n)} leave.
 *
 * @param share side of the square as a share of the shorter side
 */
public record CentreCrop(@Range(above = 0, max = 1) double share) implements Operation, Geometry {

  /** The largest centred square. */
  public static final CentreCrop DEFAULT = new CentreCrop(1);

  @Override
  public void move(Frame frame, SampleRandom random) {
    double side = share * Math.min(frame.width(), frame.height());
    frame.cut((frame.width() - side) / 2, (frame.height() - side) / 2, side, side);
    frame.squash();
  }
}
