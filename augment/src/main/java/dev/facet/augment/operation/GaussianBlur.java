package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.FacetException;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;
import java.util.Locale;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Blurs with a Gaussian, the picture continued by reflection: torchvision's {@code GaussianBlur};
 * as used by Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations",
 * ICML 2020, appendix A (kernel a tenth of the side, sigma from [0.1, 2], every other picture).
 *
 * @param kernel width of the filter in pixels, odd
 * @param sigma standard deviation in pixels, drawn uniformly
 * @param probability of blurring
 */
public record GaussianBlur(
    @Range(min = 1, max = 99) int kernel,
    @Range(above = 0, max = 50) Interval sigma,
    @Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  /** For pictures of 224 pixels. */
  public static final GaussianBlur DEFAULT = new GaussianBlur(23, new Interval(0.1, 2), 0.5);

  /**
   * Checks the kernel.
   *
   * @throws FacetException usage, if it is even
   */
  public GaussianBlur {
    if (kernel % 2 == 0) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "gaussian_blur: kernel is %d; it must be odd, such as %d",
              kernel,
              kernel + 1));
    }
  }

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    double drawn = random.nextDouble(sigma.min(), sigma.max());
    if (random.nextDouble() >= probability) {
      return;
    }
    Mat blurred = canvas.scratch();
    try (Size window = new Size(kernel, kernel)) {
      opencv_imgproc.GaussianBlur(canvas.picture(), blurred, window, drawn);
    }
    canvas.show(blurred);
  }
}
