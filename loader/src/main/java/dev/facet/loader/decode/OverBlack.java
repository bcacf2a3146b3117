package dev.facet.loader.decode;

import dev.facet.augment.Pixels;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Puts a picture that may be transparent on black: colour times alpha, 8 bits per channel. */
final class OverBlack {
  private OverBlack() {}

  /**
   * Writes the picture as RGB.
   *
   * @param picture BGR or BGRA of 8 bits
   * @param target of the same size
   * @return false if the picture is something else: a transparency that OpenCV does not deliver
   */
  static boolean compose(Mat picture, Pixels target) {
    try (Mat rgb = target.mat()) {
      if (picture.type() == opencv_core.CV_8UC4) {
        multiply(picture, rgb);
      } else if (picture.type() == opencv_core.CV_8UC3) {
        opencv_imgproc.cvtColor(picture, rgb, opencv_imgproc.COLOR_BGR2RGB);
      } else {
        return false;
      }
      return true;
    }
  }

  private static void multiply(Mat bgra, Mat rgb) {
    byte[] from = new byte[4 * bgra.cols()];
    byte[] to = new byte[3 * bgra.cols()];
    for (int y = 0; y < bgra.rows(); y++) {
      BytePointer row = bgra.ptr(y);
      row.get(from);
      for (int x = 0; x < bgra.cols(); x++) {
        int alpha = from[4 * x + 3] & 0xff;
        for (int c = 0; c < 3; c++) {
          to[3 * x + c] = (byte) over(from[4 * x + 2 - c] & 0xff, alpha);
        }
      }
      rgb.ptr(y).put(to);
    }
  }

  /** A level of 0 to 255 seen through an alpha of 0 to 255. */
  static int over(int level, int alpha) {
    return (level * alpha + 127) / 255;
  }
}
