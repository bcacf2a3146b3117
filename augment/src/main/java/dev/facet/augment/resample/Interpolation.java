package dev.facet.augment.resample;

/**
 * The filter that evaluation resamples with, both as Pillow has them: stretched by the scale when
 * shrinking, so that nothing is skipped.
 */
public enum Interpolation {
  /**
   * Keys, "Cubic Convolution Interpolation for Digital Image Processing", IEEE TASSP 29, 1981, with
   * a = -0.5.
   */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
  },
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  };

  private static final double A = -0.5;

  private final double support;

  Interpolation(double support) {
    this.support = support;
  }

  /** How far the filter reaches, in pixels. */
  double support() {
    return support;
  }

  /** Its value at a signed distance in pixels. */
  abstract double weight(double distance);
}
