package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Cuts the picture to the face: the sample's box, widened by a margin, cut to the picture. A sample
 * without a box keeps the whole picture; one with a box that is inverted, empty, not finite or
 * outside the picture is a bad sample. Must come before all other geometry, as the box refers to
 * the whole picture.
 *
 * @param margin how far the box is widened on each side, as a share of its longer side (square) or
 *     of the side itself (free aspect)
 * @param jitter the box's centre moves by up to this share of its width and height, and both are
 *     scaled by a factor from [1 - jitter, 1 + jitter], uniformly; 0 draws nothing. The same idea
 *     as the shift and scale of face crops in detector training, e.g. Zhang et al., "Joint Face
 *     Detection and Alignment Using Multitask Cascaded Convolutional Networks", IEEE SPL 23, 2016
 * @param square whether the cut is a square over the longer side, or keeps the box's aspect
 */
public record FaceBox(
    @Range(min = 0, max = 10) double margin,
    @Range(min = 0, max = 0.9) double jitter,
    boolean square)
    implements Operation, Geometry {

  /** A square with a quarter of the longer side around the box. */
  public static final FaceBox DEFAULT = new FaceBox(0.25, 0, true);

  /** A square box that does not move. */
  public FaceBox(double margin) {
    this(margin, 0, true);
  }

  @Override
  public void move(Frame frame, SampleRandom random) {
    double[] box = frame.box();
    if (box == null) {
      return;
    }
    if (!shows(box, frame.width(), frame.height())) {
      frame.refuse();
      return;
    }
    double width = box[2] - box[0];
    double height = box[3] - box[1];
    double centreX = (box[0] + box[2]) / 2;
    double centreY = (box[1] + box[3]) / 2;
    if (jitter > 0) {
      centreX += random.nextDouble(-jitter, jitter) * width;
      centreY += random.nextDouble(-jitter, jitter) * height;
      double factor = random.nextDouble(1 - jitter, 1 + jitter);
      width *= factor;
      height *= factor;
    }
    double halfX = (square ? Math.max(width, height) : width) * (0.5 + margin);
    double halfY = (square ? Math.max(width, height) : height) * (0.5 + margin);
    // A sliver of a box at the very edge still yields a pixel.
    double left = Math.clamp(centreX - halfX, 0, frame.width() - 1);
    double top = Math.clamp(centreY - halfY, 0, frame.height() - 1);
    double right = Math.min(frame.width(), centreX + halfX);
    double bottom = Math.min(frame.height(), centreY + halfY);
    frame.cut(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  /** Written so that NaN fails too. */
  private static boolean shows(double[] box, double width, double height) {
    return box[2] > box[0]
        && box[3] > box[1]
        && Double.isFinite(box[2] - box[0])
        && Double.isFinite(box[3] - box[1])
        && box[0] < width
        && box[1] < height
        && box[2] > 0
        && box[3] > 0;
  }
}
