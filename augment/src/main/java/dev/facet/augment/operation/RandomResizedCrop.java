package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Cuts out a random part and stretches it to the square. The area is drawn uniformly, the ratio
 * uniformly in its logarithm, the place uniformly; after ten draws that do not fit, it is the
 * largest centred rectangle whose ratio is allowed. Szegedy et al., "Going Deeper with
 * Convolutions", CVPR 2015, section 6, in the form of torchvision's {@code RandomResizedCrop}, but
 * without rounding to whole pixels here.
 *
 * @param scale area of the part, as a share of the whole
 * @param ratio width / height of the part
 */
public record RandomResizedCrop(
    @Range(above = 0, max = 1) Interval scale, @Range(above = 0, max = 10) Interval ratio)
    implements Operation, Geometry {
  private static final int ATTEMPTS = 10;

  /** Mild, as captions describe the whole face. */
  public static final RandomResizedCrop DEFAULT =
      new RandomResizedCrop(new Interval(0.8, 1), new Interval(0.9, 1.1));

  @Override
  public void move(Frame frame, SampleRandom random) {
    double width = frame.width();
    double height = frame.height();
    double logMin = Math.log(ratio.min());
    double logMax = Math.log(ratio.max());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = width * height * random.nextDouble(scale.min(), scale.max());
      double drawn = Math.exp(random.nextDouble(logMin, logMax));
      double w = Math.sqrt(area * drawn);
      double h = Math.sqrt(area / drawn);
      if (w <= width && h <= height && w >= 1 && h >= 1) {
        double left = random.nextDouble(0, width - w);
        frame.cut(left, random.nextDouble(0, height - h), w, h);
        frame.squash();
        return;
      }
    }
    double allowed = Math.clamp(width / height, ratio.min(), ratio.max());
    double w = Math.min(width, height * allowed);
    double h = Math.min(height, width / allowed);
    frame.cut((width - w) / 2, (height - h) / 2, w, h);
    frame.squash();
  }
}
