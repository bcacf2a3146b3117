package dev.facet.augment;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings what a frame shows into the square, fast: bilinear, with area averaging from a shrinkage
 * of 2 on. Not thread-safe.
 */
final class TrainingResampler implements AutoCloseable {
  private final int size;
  private final Size square;
  private final Size area = new Size(1, 1);
  private final Scalar black = new Scalar(0, 0, 0, 0);
  private final NativeDoubles map = new NativeDoubles(2, 3);
  private final NativeBlock block = new NativeBlock();
  private final Pixels crop = new Pixels();
  private final Pixels small = new Pixels();
  private final MatHeader from = new MatHeader();
  private final MatHeader to = new MatHeader();
  private final Turner turner = new Turner();

  /**
   * @param size side of the result
   */
  TrainingResampler(int size) {
    this.size = size;
    this.square = new Size(size, size);
  }

  /**
   * Fills the target.
   *
   * @param quad the frame in pixels of {@code decoded}
   */
  void resample(Pixels decoded, Quad quad, Pixels target) {
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
      small.at(block.atLeast(3L * size * size), size, size);
      shrink(small);
      turner.turn(small, quad, target);
    } else {
      shrink(target);
    }
  }

  private void shrink(Pixels result) {
    double factor = Math.max(crop.width(), crop.height()) / (double) size;
    int method = factor < 2 ? opencv_imgproc.INTER_LINEAR : opencv_imgproc.INTER_AREA;
    opencv_imgproc.resize(from.at(crop), to.at(result), square, 0, 0, method);
  }

  /** Bilinear at exact places, black outside; averaged before by whole factors if there are any. */
  private void slanted(Pixels decoded, Quad quad, Pixels target) {
    double step =
        Math.max(Math.hypot(quad.acrossX, quad.acrossY), Math.hypot(quad.downX, quad.downY)) / size;
    int room = (int) Math.ceil(2 * step) + 1;
    int left = Math.clamp((long) Math.floor(quad.left()) - room, 0, decoded.width() - 1);
    int top = Math.clamp((long) Math.floor(quad.top()) - room, 0, decoded.height() - 1);
    int right =
        Math.clamp((long) Math.ceil(quad.left() + quad.width()) + room, left + 1, decoded.width());
    int bottom =
        Math.clamp((long) Math.ceil(quad.top() + quad.height()) + room, top + 1, decoded.height());
    crop.within(decoded, left, top, right - left, bottom - top);
    Pixels shown = crop;
    if (step >= 2) {
      int factor = (int) step;
      shown = averaged(Math.ceilDiv(crop.width(), factor), Math.ceilDiv(crop.height(), factor));
    }
    double scaleX = (double) shown.width() / crop.width();
    double scaleY = (double) shown.height() / crop.height();
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

  private Pixels averaged(int width, int height) {
    small.at(block.atLeast(3L * width * height), width, height);
    opencv_imgproc.resize(
        from.at(crop),
        to.at(small),
        area.width(width).height(height),
        0,
        0,
        opencv_imgproc.INTER_AREA);
    return small;
  }

  @Override
  public void close() {
    square.close();
    area.close();
    black.close();
    map.close();
    block.close();
    from.close();
    to.close();
    turner.close();
  }
}
