package dev.facet.augment.resample;

import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeDoubles;
import dev.facet.augment.memory.Pixels;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings what a frame shows into the square, fast: bilinear. A direction that shrinks by {@value
 * #COARSE} or more is averaged by a whole factor before; below that, two of at most five pixels in
 * a row go unseen, which nobody has noticed in a photograph, while averaging takes several times as
 * long as all the rest. JPEGs seldom come here so large, as the decoder shrinks them. Not
 * thread-safe.
 */
public final class TrainingResampler implements AutoCloseable {
  private static final double COARSE = 2.5;

  private final int size;
  private final Size square;
  private final Size area = new Size(1, 1);
  private final Scalar black = new Scalar(0, 0, 0, 0);
  private final NativeDoubles map = new NativeDoubles(2, 3);
  private final NativeBlock turning = new NativeBlock();
  private final NativeBlock averaging = new NativeBlock();
  private final Pixels crop = new Pixels();
  private final Pixels small = new Pixels();
  private final Pixels averaged = new Pixels();
  private final MatHeader from = new MatHeader();
  private final MatHeader to = new MatHeader();
  private final Turner turner = new Turner();

  /**
   * @param size side of the result
   */
  public TrainingResampler(int size) {
    this.size = size;
    this.square = new Size(size, size);
  }

  /**
   * Fills the target.
   *
   * @param quad the frame in pixels of {@code decoded}
   */
  public void resample(Pixels decoded, Quad quad, Pixels target) {
    if (quad.aligned() && inside(quad, decoded)) {
      straight(decoded, quad, target);
    } else {
      slanted(decoded, quad, target);
    }
  }

  /** Up to the rounding to whole pixels. */
  private static boolean inside(Quad quad, Pixels decoded) {
    return quad.left() >= -0.5
        && quad.top() >= -0.5
        && quad.left() + quad.width() <= decoded.width() + 0.5
        && quad.top() + quad.height() <= decoded.height() + 0.5;
  }

  /** Edges are rounded to whole pixels. */
  private void straight(Pixels decoded, Quad quad, Pixels target) {
    quad.cut(decoded, crop);
    if (Turner.turns(quad)) {
      // Turning the small result is cheaper than turning the picture.
      small.at(turning.atLeast(3L * size * size), size, size);
      shrink(small);
      turner.turn(small, quad, target);
    } else {
      shrink(target);
    }
  }

  private void shrink(Pixels result) {
    Pixels shown = averaged((double) crop.width() / size, (double) crop.height() / size);
    opencv_imgproc.resize(from.at(shown), to.at(result), square, 0, 0, opencv_imgproc.INTER_LINEAR);
  }

  /** Bilinear at exact places, black outside. */
  private void slanted(Pixels decoded, Quad quad, Pixels target) {
    // How far the place in the picture moves from one pixel of the result to the next.
    double stepX = Math.hypot(quad.acrossX, quad.downX) / size;
    double stepY = Math.hypot(quad.acrossY, quad.downY) / size;
    int roomX = (int) Math.ceil(2 * stepX) + 1;
    int roomY = (int) Math.ceil(2 * stepY) + 1;
    int left = Math.clamp((long) Math.floor(quad.left()) - roomX, 0, decoded.width() - 1);
    int top = Math.clamp((long) Math.floor(quad.top()) - roomY, 0, decoded.height() - 1);
    int right =
        Math.clamp((long) Math.ceil(quad.left() + quad.width()) + roomX, left + 1, decoded.width());
    int bottom =
        Math.clamp((long) Math.ceil(quad.top() + quad.height()) + roomY, top + 1, decoded.height());
    crop.within(decoded, left, top, right - left, bottom - top);
    Pixels shown = averaged(stepX, stepY);
    double scaleX = 1.0 / factor(stepX, crop.width());
    double scaleY = 1.0 / factor(stepY, crop.height());
    map.set(0, quad.acrossX / size * scaleX);
    map.set(1, quad.downX / size * scaleX);
    map.set(3, quad.acrossY / size * scaleY);
    map.set(4, quad.downY / size * scaleY);
    // OpenCV counts from the centres of pixels.
    map.set(2, (quad.x - left) * scaleX + (map.get(0) + map.get(1)) / 2 - 0.5);
    map.set(5, (quad.y - top) * scaleY + (map.get(3) + map.get(4)) / 2 - 0.5);
    int flags = opencv_imgproc.INTER_LINEAR | opencv_imgproc.WARP_INVERSE_MAP;
    opencv_imgproc.warpAffine(
        from.at(shown),
        to.at(target),
        map.mat(),
        square,
        flags,
        opencv_core.BORDER_CONSTANT,
        black);
  }

  /** The crop, or its average over blocks; what does not fill a block at its end is left out. */
  private Pixels averaged(double stepX, double stepY) {
    int across = factor(stepX, crop.width());
    int down = factor(stepY, crop.height());
    if (across == 1 && down == 1) {
      return crop;
    }
    int width = crop.width() / across;
    int height = crop.height() / down;
    averaged.at(averaging.atLeast(3L * width * height), width, height);
    crop.within(crop, 0, 0, width * across, height * down);
    opencv_imgproc.resize(
        from.at(crop),
        to.at(averaged),
        area.width(width).height(height),
        0,
        0,
        opencv_imgproc.INTER_AREA);
    return averaged;
  }

  private static int factor(double step, int pixels) {
    return step < COARSE ? 1 : Math.min((int) step, pixels);
  }

  @Override
  public void close() {
    square.close();
    area.close();
    black.close();
    map.close();
    turning.close();
    averaging.close();
    from.close();
    to.close();
    turner.close();
  }
}
