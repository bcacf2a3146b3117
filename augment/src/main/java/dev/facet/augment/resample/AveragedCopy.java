package dev.facet.augment.resample;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A small copy of a picture on the heap, to be measured: every pixel of the copy is the mean of
 * those it stands for, so none goes unseen. Reusable; not thread-safe.
 */
public final class AveragedCopy implements AutoCloseable {
  private static final int HALVED = opencv_imgproc.INTER_LINEAR;
  private static final int AVERAGED = opencv_imgproc.INTER_AREA;

  /** Two for halves in turn, one for the result. */
  private final List<NativeBlock> blocks =
      List.of(new NativeBlock(), new NativeBlock(), new NativeBlock());

  private final List<MatHeader> headers =
      List.of(new MatHeader(), new MatHeader(), new MatHeader());
  private final NativeBlock greyBlock = new NativeBlock();
  private final MatHeader from = new MatHeader();
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
    Mat shown = picture;
    // At half the size, bilinear is the mean of four, and has vector code, which the mean has not.
    for (int turn = 0; shown.cols() >= 4 * width && shown.rows() >= 4 * height; turn ^= 1) {
      shown = resized(shown, turn, channels, shown.cols() / 2, shown.rows() / 2, HALVED);
    }
    int length = Math.toIntExact((long) channels * width * height);
    long memory = MatHeader.address(resized(shown, 2, channels, width, height, AVERAGED));
    if (levels.length < length) {
      levels = new byte[length];
    }
    MemorySegment.copy(NativeMemory.ALL, ValueLayout.JAVA_BYTE, memory, levels, 0, length);
    return levels;
  }

  private Mat resized(Mat picture, int place, int channels, int width, int height, int how) {
    long stride = (long) channels * width;
    int type = opencv_core.CV_MAKETYPE(opencv_core.CV_8U, channels);
    long memory = blocks.get(place).atLeast(stride * height);
    Mat result = headers.get(place).at(memory, height, width, type, stride);
    opencv_imgproc.resize(picture, result, size.width(width).height(height), 0, 0, how);
    return result;
  }

  @Override
  public void close() {
    blocks.forEach(NativeBlock::close);
    headers.forEach(MatHeader::close);
    greyBlock.close();
    from.close();
    whole.close();
    size.close();
  }
}
