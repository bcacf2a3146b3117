package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Moves the picture away from a smoothed copy (sharper, factor above 1) or towards it: {@code f p +
 * (1 - f) smooth(p)}, where smooth is the 3 x 3 mean whose centre weighs 5 of 13; the outermost
 * pixels stay. Pillow's {@code ImageEnhance.Sharpness} and torchvision's {@code adjust_sharpness},
 * which cut the result to whole levels where this rounds: 1 level at most.
 *
 * @param factor drawn uniformly; 0 smooth, 1 as it is, 2 sharp
 * @param probability of doing so
 */
public record Sharpness(
    @Range(min = 0, max = 10) Interval factor, @Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  private static final float[] SMOOTH = smooth();

  /** From softer to sharper, every other picture. */
  public static final Sharpness DEFAULT = new Sharpness(new Interval(0.5, 2), 0.5);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    double drawn = random.nextDouble(factor.min(), factor.max());
    if (random.nextDouble() < probability) {
      sharpen(canvas, drawn);
    }
  }

  private static float[] smooth() {
    float[] weights = new float[9];
    Arrays.fill(weights, 1 / 13f);
    weights[4] = 5 / 13f;
    return weights;
  }

  static void sharpen(Canvas canvas, double factor) {
    if (factor == 1 || canvas.size() < 3) {
      return;
    }
    Mat picture = canvas.picture();
    Mat smooth = canvas.scratch();
    int inner = canvas.size() - 2;
    try (FloatPointer weights = new FloatPointer(SMOOTH);
        Mat kernel = new Mat(3, 3, opencv_core.CV_32FC1, weights);
        Rect inside = new Rect(1, 1, inner, inner);
        Mat from = picture.apply(inside);
        Mat soft = smooth.apply(inside)) {
      opencv_imgproc.filter2D(picture, smooth, -1, kernel);
      opencv_core.addWeighted(from, factor, soft, 1 - factor, 0, from);
    }
  }
}
