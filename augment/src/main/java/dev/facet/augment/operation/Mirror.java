package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.ConfigName;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Mirrors the picture, left for right: torchvision's {@code RandomHorizontalFlip}.
 *
 * @param probability of mirroring
 * @param captions what happens to captions that speak of left or right
 */
@ConfigName("flip")
public record Mirror(@Range(min = 0, max = 1) double probability, MirroredCaptions captions)
    implements Operation, Geometry {

  /** Every other picture, except where the caption would become wrong. */
  public static final Mirror DEFAULT = new Mirror(0.5, MirroredCaptions.SKIP);

  @Override
  public void move(Frame frame, SampleRandom random) {
    if (random.nextDouble() < probability && frame.mayMirror()) {
      frame.mirror();
    }
  }
}
