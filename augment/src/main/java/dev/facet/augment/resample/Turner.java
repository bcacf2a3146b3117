package dev.facet.augment.resample;

import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.Pixels;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Mirrors and transposes pictures. Not thread-safe. */
final class Turner implements AutoCloseable {
  private final MatHeader source = new MatHeader();
  private final MatHeader target = new MatHeader();

  /** Whether the result lies otherwise than the picture. */
  static boolean turns(Quad quad) {
    return quad.transposed() || quad.mirrorX() || quad.mirrorY();
  }

  /**
   * Turns all of a picture as an aligned frame lies in it.
   *
   * @param to other memory, its sides exchanged if the frame is transposed
   */
  void turn(Pixels from, Quad quad, Pixels to) {
    Mat picture = source.at(from);
    Mat result = target.at(to);
    boolean mirrored = quad.mirrorX() || quad.mirrorY();
    int code = quad.mirrorX() ? (quad.mirrorY() ? -1 : 1) : 0; // both, columns, rows
    if (quad.transposed()) {
      opencv_core.transpose(picture, result);
      if (mirrored) {
        opencv_core.flip(result, result, code);
      }
    } else {
      opencv_core.flip(picture, result, code);
    }
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
