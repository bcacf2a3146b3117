package dev.facet.augment.canvas;

import java.util.Arrays;
import java.util.List;

/**
 * Brightness, contrast, saturation, hue, grey and normalisation as one affine map of (r, g, b), so
 * that the device applies all of them with one multiplication while it converts to float. Unlike
 * step-by-step filters nothing is clipped in between, so highlights that a later step brings back
 * are not lost. Reusable; not thread-safe.
 *
 * <ul>
 *   <li>Brightness b, contrast c around the picture's mean grey m, saturation s: {@code b p},
 *       {@code c p + (1 - c) m}, {@code s p + (1 - s) luma(p)}, as torchvision's adjust_* functions
 *       define them; saturation as in Haeberli and Voorhies, "Image Processing by Interpolation and
 *       Extrapolation", IRIS Universe 28, 1994. luma = 0.299 r + 0.587 g + 0.114 b (ITU-R BT.601).
 *   <li>Hue h: the chroma plane (I, Q) of NTSC's YIQ turned by 2 pi h, luma untouched: the linear
 *       form of Haeberli, "Matrix Operations for Image Processing", 1993.
 *   <li>Normalisation: {@code (p / 255 - mean) / std}.
 * </ul>
 */
public final class ColourMatrix {
  private static final double[] LUMA = {0.299, 0.587, 0.114};
  private static final double[] I = {0.595716, -0.274453, -0.321263};
  private static final double[] Q = {0.211456, -0.522591, 0.311135};
  // How I and Q add to red, green and blue: the inverse of the rows above.
  private static final double[] FROM_I = {0.9562957, -0.2721221, -1.1069890};
  private static final double[] FROM_Q = {0.6210244, -0.6473806, 1.7046150};

  private final double[] m = new double[12];
  private final double[] turn = new double[9];
  private final double[] column = new double[3];

  /** Starts from the picture as it is. */
  ColourMatrix identity() {
    Arrays.fill(m, 0);
    m[0] = 1;
    m[5] = 1;
    m[10] = 1;
    return this;
  }

  public ColourMatrix brightness(double factor) {
    for (int i = 0; i < m.length; i++) {
      m[i] *= factor;
    }
    return this;
  }

  /**
   * Moves all channels away from the mean grey, or towards it.
   *
   * @param meanGrey mean luma of the picture after the steps so far, 0 to 255
   */
  public ColourMatrix contrast(double factor, double meanGrey) {
    brightness(factor);
    for (int row = 0; row < 3; row++) {
      m[4 * row + 3] += (1 - factor) * meanGrey;
    }
    return this;
  }

  /** Factor 0 is grey, 1 leaves the colours. */
  public ColourMatrix saturation(double factor) {
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < 3; c++) {
        turn[3 * row + c] = (row == c ? factor : 0) + (1 - factor) * LUMA[c];
      }
    }
    return apply();
  }

  /**
   * Turns the colour circle.
   *
   * @param turns 0.5 is half the colour circle
   */
  public ColourMatrix hue(double turns) {
    double cos = Math.cos(2 * Math.PI * turns);
    double sin = -Math.sin(2 * Math.PI * turns); // from red to yellow, as hue is counted
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < 3; c++) {
        double i = cos * I[c] - sin * Q[c];
        double q = sin * I[c] + cos * Q[c];
        turn[3 * row + c] = LUMA[c] + FROM_I[row] * i + FROM_Q[row] * q;
      }
    }
    return apply();
  }

  /** The luma that a colour has after the steps so far. */
  double luma(double red, double green, double blue) {
    double luma = 0;
    for (int row = 0; row < 3; row++) {
      int at = 4 * row;
      luma += LUMA[row] * (m[at] * red + m[at + 1] * green + m[at + 2] * blue + m[at + 3]);
    }
    return luma;
  }

  /** Whether it changes nothing. */
  public boolean isIdentity() {
    for (int i = 0; i < m.length; i++) {
      if (m[i] != (i % 5 == 0 ? 1 : 0)) {
        return false;
      }
    }
    return true;
  }

  /** Element {@code i} of 12, row by row; levels 0 to 255 on both sides. */
  double get(int i) {
    return m[i];
  }

  /** Writes the matrix with the normalisation on top, row by row: 12 floats. */
  public void write(List<Double> mean, List<Double> std, float[] out) {
    for (int row = 0; row < 3; row++) {
      double scale = 1 / std.get(row);
      for (int c = 0; c < 4; c++) {
        out[4 * row + c] = (float) (m[4 * row + c] / 255 * scale);
      }
      out[4 * row + 3] -= (float) (mean.get(row) * scale);
    }
  }

  /** m = turn m. */
  private ColourMatrix apply() {
    for (int c = 0; c < 4; c++) {
      for (int row = 0; row < 3; row++) {
        column[row] =
            turn[3 * row] * m[c] + turn[3 * row + 1] * m[4 + c] + turn[3 * row + 2] * m[8 + c];
      }
      for (int row = 0; row < 3; row++) {
        m[4 * row + c] = column[row];
      }
    }
    return this;
  }
}
