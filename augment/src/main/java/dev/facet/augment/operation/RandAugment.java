package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Draws n operations, uniformly and with repetition, and applies each with probability 0.5 at
 * strength m: Cubuk et al., "RandAugment: Practical Automated Data Augmentation with a Reduced
 * Search Space", NeurIPS 2020, section 3, with the probability and the operations of ALBEF's and
 * BLIP's pre-training (Li et al., NeurIPS 2021 and ICML 2022; there n = 2, m = 5), which FLIP
 * inherits; the paper itself applies every operation drawn. Besides leaving the picture as it is,
 * drawn as often as each of the others, there are nine; with s = m / 10:
 *
 * <ul>
 *   <li>auto-contrast and equalisation, without a strength;
 *   <li>brightness and sharpness with factor 0.1 + 1.8 s, which is none at m = 5;
 *   <li>shear along x and along y by 0.3 s, translation along x and along y by 10 s pixels of 224,
 *       rotation by 30 s degrees, each in a random direction. They move the picture's own edge into
 *       view, beyond which it is grey (128); a second resampling, bilinear.
 * </ul>
 *
 * @param n how many operations are drawn, about half of which are applied
 * @param m their strength
 */
public record RandAugment(@Range(min = 0, max = 20) int n, @Range(min = 0, max = 10) double m)
    implements Operation, Retouch {
  private static final int CHOICES = 10;

  /** Of an operation that was drawn. */
  private static final double APPLIED = 0.5;

  /** BLIP's. */
  public static final RandAugment DEFAULT = new RandAugment(2, 5);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    for (int i = 0; i < n; i++) {
      int choice = random.nextInt(CHOICES);
      if (random.nextDouble() < APPLIED) {
        apply(choice, canvas, random);
      }
    }
  }

  private void apply(int choice, Canvas canvas, SampleRandom random) {
    double strength = m / 10;
    double factor = 0.1 + 1.8 * strength;
    double shear = 0.3 * strength;
    double shift = 10 / 224.0 * strength * canvas.size();
    switch (choice) {
      case 0 -> {} // as it is
      case 1 -> AutoContrast.stretch(canvas);
      case 2 -> Equalise.equalise(canvas);
      case 3 -> canvas.colour().brightness(factor);
      case 4 -> Sharpness.sharpen(canvas, factor);
      case 5 -> canvas.warp(1, signed(shear, random), 0, 0, 1, 0);
      case 6 -> canvas.warp(1, 0, 0, signed(shear, random), 1, 0);
      case 7 -> canvas.warp(1, 0, signed(shift, random), 0, 1, 0);
      case 8 -> canvas.warp(1, 0, 0, 0, 1, signed(shift, random));
      default -> turn(canvas, Math.toRadians(signed(30 * strength, random)));
    }
  }

  private static void turn(Canvas canvas, double radians) {
    double centre = (canvas.size() - 1) / 2.0;
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    canvas.warp(cos, sin, centre - centre * (cos + sin), -sin, cos, centre - centre * (cos - sin));
  }

  private static double signed(double value, SampleRandom random) {
    return random.nextDouble() < 0.5 ? value : -value;
  }
}
