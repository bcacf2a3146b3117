package dev.facet.loader.decode;

/**
 * From CIE L*a*b* of white D50, as files hold it, to sRGB (IEC 61966-2-1), adapted to its white D65
 * by Bradford's matrix (ICC.1:2022, annex E).
 */
final class CieLab {
  private static final double[] WHITE = {0.9642, 1, 0.8249};

  /** XYZ of white D50 to linear sRGB. */
  private static final double[] LINEAR = {
    3.1338561, -1.6168667, -0.4906146, //
    -0.9787684, 1.9161415, 0.0334540, //
    0.0719453, -0.2289914, 1.4052427
  };

  private final double[] xyz = new double[3];

  /**
   * Converts one colour.
   *
   * @param l 0 to 100
   * @param a about -128 to 127
   * @param b about -128 to 127
   * @return 0xRRGGBB
   */
  int rgb(double l, double a, double b) {
    double y = (l + 16) / 116;
    xyz[0] = WHITE[0] * inverse(y + a / 500);
    xyz[1] = WHITE[1] * inverse(y);
    xyz[2] = WHITE[2] * inverse(y - b / 200);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      double light =
          LINEAR[3 * c] * xyz[0] + LINEAR[3 * c + 1] * xyz[1] + LINEAR[3 * c + 2] * xyz[2];
      double level = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
      rgb = rgb << 8 | Math.clamp(Math.round(255 * level), 0, 255);
    }
    return rgb;
  }

  private static double inverse(double f) {
    return f > 6.0 / 29 ? f * f * f : 3 * 36.0 / 841 * (f - 4.0 / 29);
  }
}
