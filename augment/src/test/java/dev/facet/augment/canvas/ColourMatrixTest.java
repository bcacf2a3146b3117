package dev.facet.augment.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against plain filters applied to one pixel after the other. */
class ColourMatrixTest {
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.25, 0.3);

  private final ColourMatrix matrix = new ColourMatrix();

  private double[] apply(double r, double g, double b) {
    float[] m = new float[12];
    matrix.write(MEAN, STD, m);
    double[] out = new double[3];
    for (int row = 0; row < 3; row++) {
      double normalised = m[4 * row] * r + m[4 * row + 1] * g + m[4 * row + 2] * b + m[4 * row + 3];
      out[row] = (normalised * STD.get(row) + MEAN.get(row)) * 255;
    }
    return out;
  }

  private static double luma(double[] p) {
    return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
  }

  @Test
  void allStepsTogetherEqualOneAfterTheOther() {
    Random random = new Random(1);
    for (int trial = 0; trial < 100; trial++) {
      double brightness = random.nextDouble(0.5, 1.5);
      double contrast = random.nextDouble(0.5, 1.5);
      double saturation = random.nextDouble(0, 2);
      double meanGrey = random.nextDouble(0, 255);
      double[] pixel = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      matrix
          .identity()
          .brightness(brightness)
          .contrast(contrast, brightness * meanGrey)
          .saturation(saturation);
      double[] expected = pixel.clone();
      for (int c = 0; c < 3; c++) {
        double bright = brightness * expected[c];
        expected[c] = contrast * bright + (1 - contrast) * brightness * meanGrey;
      }
      double grey = luma(expected);
      for (int c = 0; c < 3; c++) {
        expected[c] = saturation * expected[c] + (1 - saturation) * grey;
      }
      assertThat(apply(pixel[0], pixel[1], pixel[2])).containsExactly(expected, within(1e-3));
    }
  }

  @Test
  void noChangeIsMereNormalisation() {
    assertThat(unchanged(255, 0, 51)).containsExactly(new double[] {255, 0, 51}, within(1e-4));
  }

  private double[] unchanged(double r, double g, double b) {
    matrix.identity();
    return apply(r, g, b);
  }

  @Test
  void hueKeepsLumaAndGreyAndComesRoundInOneTurn() {
    double[] pixel = {200, 90, 30};
    for (double turns = -0.5; turns <= 0.5; turns += 0.1) {
      matrix.identity().hue(turns);
      assertThat(luma(apply(200, 90, 30))).isCloseTo(luma(pixel), within(1e-2));
      assertThat(apply(77, 77, 77)).containsExactly(new double[] {77, 77, 77}, within(1e-2));
    }
    matrix.identity().hue(1);
    assertThat(apply(200, 90, 30)).containsExactly(pixel, within(1e-2));
    matrix.identity().hue(0.5);
    assertThat(apply(200, 90, 30)[2]).isGreaterThan(apply(200, 90, 30)[0]);
  }

  @Test
  void aThirdOfATurnLeadsFromRedToGreen() {
    matrix.identity().hue(1 / 3.0);
    double[] turned = apply(200, 50, 50);
    assertThat(turned[1]).isGreaterThan(turned[0] + 50).isGreaterThan(turned[2] + 50);
  }

  @Test
  void saturationZeroIsGrey() {
    matrix.identity().saturation(0);
    double grey = luma(new double[] {10, 200, 60});
    assertThat(apply(10, 200, 60)).containsExactly(new double[] {grey, grey, grey}, within(1e-3));
  }
}
