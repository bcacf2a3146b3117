package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Covers a random rectangle with the mean colour that normalisation subtracts, which is 0 in what
 * the model sees: Zhong et al., "Random Erasing Data Augmentation", AAAI 2020, algorithm 1, in the
 * form of torchvision's {@code RandomErasing} (there the ratio is height / width and drawn
 * uniformly in its logarithm). Colour operations after it change the covered part too. After ten
 * draws that do not fit, the picture stays.
 *
 * @param probability of doing so
 * @param scale area of the rectangle, as a share of the picture
 * @param ratio height / width of the rectangle
 */
public record RandomErasing(
    @Range(min = 0, max = 1) double probability,
    @Range(above = 0, max = 1) Interval scale,
    @Range(above = 0, max = 10) Interval ratio)
    implements Operation, Retouch {
  private static final int ATTEMPTS = 10;

  /** As in torchvision, but one in four. */
  public static final RandomErasing DEFAULT =
      new RandomErasing(0.25, new Interval(0.02, 0.33), new Interval(0.3, 3.3));

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    int size = canvas.size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = random.nextDouble(scale.min(), scale.max()) * size * size;
      double drawn = Math.exp(random.nextDouble(Math.log(ratio.min()), Math.log(ratio.max())));
      int height = (int) Math.round(Math.sqrt(area * drawn));
      int width = (int) Math.round(Math.sqrt(area / drawn));
      if (height >= 1 && width >= 1 && height < size && width < size) {
        int top = random.nextInt(size - height + 1);
        int left = random.nextInt(size - width + 1);
        double[] colour = canvas.meanColour();
        try (Rect part = new Rect(left, top, width, height);
            Mat covered = canvas.picture().apply(part);
            Scalar cover = new Scalar(colour[0], colour[1], colour[2], 0)) {
          covered.put(cover);
        }
        return;
      }
    }
  }
}
