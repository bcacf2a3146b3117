package dev.facet.augment.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Painted;
import dev.facet.augment.canvas.Canvas;
import dev.facet.base.SampleRandom;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How far one matrix is from torchvision's ColorJitter in the same order, which cuts to whole
 * levels from 0 to 255 after each step and turns the hue of HSV. The figures stand in {@link
 * Operation}'s description.
 */
class ClampingDifferenceTest {
  private static final int SIZE = 64;
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  /** A face's range of levels: skin, shadow, a highlight, a dark and a colourful background. */
  private static Painted portrait() {
    return new Painted(
        SIZE,
        SIZE,
        (x, y) -> {
          double dx = (x - 32) / 20.0;
          double dy = (y - 32) / 26.0;
          double r = dx * dx + dy * dy;
          if (r < 1) {
            double light = 1.15 - 0.6 * r - 0.3 * dx;
            return Painted.rgb(cut(225 * light), cut(172 * light), cut(143 * light));
          }
          return x < 32
              ? Painted.rgb(20 + y, 25 + y, 40 + 2 * y)
              : Painted.rgb(230, 240 - y, 60 + 2 * y);
        });
  }

  private static int cut(double level) {
    return (int) Math.clamp(level, 0, 255);
  }

  /** Mean difference in levels and the share of values that are off by more than 8. */
  private static double[] difference(double spread, double hue) {
    SampleRandom random = new SampleRandom();
    float[] m = new float[12];
    double sum = 0;
    double far = 0;
    int draws = 100;
    try (Painted picture = portrait();
        Canvas canvas = new Canvas(SIZE, ZERO)) {
      int[] levels = picture.levels();
      for (int draw = 0; draw < draws; draw++) {
        random.reset(1, 0, draw);
        canvas.begin(picture.address());
        new Brightness(spread).apply(canvas, random);
        new Contrast(spread).apply(canvas, random);
        new Saturation(spread).apply(canvas, random);
        new Hue(hue).apply(canvas, random);
        canvas.colour().write(ZERO, ONE, m);
        random.reset(1, 0, draw);
        int[] steps = stepByStep(levels.clone(), spread, hue, random);
        for (int i = 0; i < levels.length; i += 3) {
          for (int c = 0; c < 3; c++) {
            double level = m[4 * c + 3];
            for (int k = 0; k < 3; k++) {
              level += m[4 * c + k] * levels[i + k];
            }
            // Compared as a picture would show it; the model sees what lies beyond, too.
            double gap = Math.abs(Math.clamp(255 * level, 0, 255) - steps[i + c]);
            sum += gap;
            far += gap > 8 ? 1 : 0;
          }
        }
      }
      double values = (double) draws * levels.length;
      return new double[] {sum / values, far / values};
    }
  }

  private static int[] stepByStep(int[] p, double spread, double hue, SampleRandom random) {
    double brightness = Brightness.factor(spread, random);
    for (int i = 0; i < p.length; i++) {
      p[i] = cut(p[i] * brightness);
    }
    double contrast = Brightness.factor(spread, random);
    double mean = 0;
    for (int i = 0; i < p.length; i += 3) {
      mean += 3.0 * grey(p, i) / p.length;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] = cut(contrast * p[i] + (1 - contrast) * mean);
    }
    double saturation = Brightness.factor(spread, random);
    for (int i = 0; i < p.length; i++) {
      if (i % 3 == 0) {
        int grey = grey(p, i);
        for (int c = 0; c < 3; c++) {
          p[i + c] = cut(saturation * p[i + c] + (1 - saturation) * grey);
        }
      }
    }
    double turns = random.nextDouble(-hue, hue);
    for (int i = 0; i < p.length; i += 3) {
      float[] hsb = Color.RGBtoHSB(p[i], p[i + 1], p[i + 2], null);
      int rgb = Color.HSBtoRGB((float) (hsb[0] + turns), hsb[1], hsb[2]);
      p[i] = rgb >> 16 & 0xff;
      p[i + 1] = rgb >> 8 & 0xff;
      p[i + 2] = rgb & 0xff;
    }
    return p;
  }

  private static int grey(int[] p, int i) {
    return (int) (0.2989 * p[i] + 0.587 * p[i + 1] + 0.114 * p[i + 2]);
  }

  private static void within(double mean, double farShare, double[] difference) {
    assertThat(difference[0]).isBetween(0.5 * mean, mean);
    assertThat(difference[1]).isLessThan(farShare);
  }

  @Test
  void factorsDifferByRoundingAndWhereStepsClip() {
    within(2, 0.025, difference(0.2, 0));
    within(3.2, 0.08, difference(0.4, 0));
  }

  @Test
  void hueDiffersLittleInSmallTurnsOnly() {
    within(2.2, 0.015, difference(0, 0.02));
    within(10, 0.45, difference(0, 0.1));
  }
}
