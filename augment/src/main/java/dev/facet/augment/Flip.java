package dev.facet.augment;

import dev.facet.base.Range;

/**
 * Mirrors the picture, left for right: torchvision's {@code RandomHorizontalFlip}.
 *
 * @param probability of mirroring
 * @param captions what happens to captions that speak of left or right
 */
public record Flip(@Range(min = 0, max = 1) double probability, FlipCaptions captions)
    implements Operation, Geometry {

  /** Every other picture, except where the caption would become wrong. */
  public static final Flip DEFAULT = new Flip(0.5, FlipCaptions.SKIP);

  @Override
  public void move(Frame frame, SampleRandom random) {
    if (random.nextDouble() < probability && frame.mayMirror()) {
      frame.mirror();
    }
  }
}
