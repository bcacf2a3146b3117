package dev.facet.augment.resample;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A small copy of a picture on the heap, to be measured: every pixel of the copy is the mean of
 * those it stands for, so none goes unseen. Reusable; not thread-safe.
 */
public final class AveragedCopy implements AutoCloseable {
  private final NativeBlock block = new NativeBlock();
  private final NativeBlock greyBlock = new NativeBlock();
  private final MatHeader from = new MatHeader();
  private final MatHeader to = new MatHeader();
  private final MatHeader whole = new MatHeader();
  private final Size size = new Size(1, 1);
  private byte[] levels = new byte[0];

  /**
   * Copies a picture, bilinear in a direction in which that enlarges it.
   *
   * @return red, green, blue of each pixel, row by row; longer than needed, perhaps, and valid
   *     until the next call
   */
  public byte[] colours(Pixels pixels, int width, int height) {
    return shrunk(from.at(pixels), 3, width, height);
  }

  /** As {@link #colours}, of each pixel the luma alone; faster. */
  public byte[] luma(Pixels pixels, int width, int height) {
    long bytes = (long) pixels.width() * pixels.height();
    Mat grey =
        whole.at(
            greyBlock.atLeast(bytes),
            pixels.height(),
            pixels.width(),
            opencv_core.CV_8UC1,
            pixels.width());
    opencv_imgproc.cvtColor(from.at(pixels), grey, opencv_imgproc.COLOR_RGB2GRAY);
    return shrunk(grey, 1, width, height);
  }

  private byte[] shrunk(Mat picture, int channels, int width, int height) {
    int length = Math.toIntExact((long) channels * width * height);
    long memory = block.atLeast(length);
    opencv_imgproc.resize(
        picture,
        to.at(
            memory,
            height,
            width,
            opencv_core.CV_MAKETYPE(opencv_core.CV_8U, channels),
            (long) channels * width),
        size.width(width).height(height),
        0,
        0,
        opencv_imgproc.INTER_AREA);
    if (levels.length < length) {
      levels = new byte[length];
    }
    MemorySegment.copy(NativeMemory.ALL, ValueLayout.JAVA_BYTE, memory, levels, 0, length);
    return levels;
  }

  @Override
  public void close() {
    block.close();
    greyBlock.close();
    from.close();
    to.close();
    whole.close();
    size.close();
  }
}
