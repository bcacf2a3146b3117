package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Turns the colour circle, luma untouched: the chroma plane (I, Q) of NTSC's YIQ turned by 2 pi h,
 * the linear form of Haeberli, "Matrix Operations for Image Processing", 1993. torchvision turns
 * the hue of HSV instead, which is not linear; lightness and saturation then differ, see {@link
 * Operation}.
 *
 * @param turns the rotation h is drawn uniformly from [-turns, turns]; 0.5 is half the circle
 */
public record Hue(@Range(min = 0, max = 0.5) double turns) implements Operation, ColourChange {

  /** Skin still looks like skin. */
  public static final Hue DEFAULT = new Hue(0.02);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    double drawn = random.nextDouble(-turns, turns);
    if (drawn != 0) {
      canvas.colour().hue(drawn);
    }
  }
}
