package dev.facet.augment.canvas;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * Turns 8-bit pixels into normalised floats, channel after channel, as a model takes them. One per
 * thread; allocates nothing per picture.
 */
public final class FloatPlanes implements AutoCloseable {
  private static final int BIAS = 128;

  private final int size;
  private final int area;
  private final NativeBlock block = new NativeBlock();
  private final MatHeader source = new MatHeader();
  private final MatHeader target = new MatHeader();

  /** Red, green and blue of 8 bits, in memory of our own. */
  private final MatHeader[] channels = {new MatHeader(), new MatHeader(), new MatHeader()};

  private final Mat[] channelMats = new Mat[3];
  private final MatVector channelVector;
  private final byte[] levels;
  private final float[] row;

  /**
   * For pictures of one size.
   *
   * @param size side in pixels
   */
  public FloatPlanes(int size) {
    this.size = size;
    this.area = size * size;
    this.levels = new byte[3 * area];
    this.row = new float[size];
    long memory = block.atLeast(3L * area);
    for (int c = 0; c < 3; c++) {
      channelMats[c] =
          channels[c].at(memory + (long) c * area, size, size, opencv_core.CV_8UC1, size);
    }
    this.channelVector = new MatVector(channelMats);
  }

  /**
   * Writes one picture.
   *
   * @param pixels address of size x size x 3 bytes: red, green, blue
   * @param colour 12 floats: the 3 x 4 matrix, row by row, that takes (r, g, b, 1), with r, g, b in
   *     0..255, to normalised channels
   * @param planes address of 3 x size x size floats, aligned to 4 bytes
   */
  public void write(long pixels, float[] colour, long planes) {
    opencv_core.split(source.at(pixels, size, size, opencv_core.CV_8UC3, 3L * size), channelVector);
    if (diagonal(colour)) {
      for (int c = 0; c < 3; c++) {
        long plane = planes + 4L * c * area;
        channelMats[c].convertTo(
            target.at(plane, size, size, opencv_core.CV_32FC1, 4L * size),
            opencv_core.CV_32FC1,
            colour[5 * c],
            colour[4 * c + 3]);
      }
    } else {
      mix(colour, planes);
    }
  }

  /** Whether no channel takes anything from another. */
  private static boolean diagonal(float[] colour) {
    return colour[1] == 0
        && colour[2] == 0
        && colour[4] == 0
        && colour[6] == 0
        && colour[8] == 0
        && colour[9] == 0;
  }

  /** In plain loops over rows, which the compiler turns into vector instructions. */
  private void mix(float[] colour, long planes) {
    long own = block.atLeast(levels.length);
    MemorySegment.copy(NativeMemory.ALL, ValueLayout.JAVA_BYTE, own, levels, 0, levels.length);
    for (int i = 0; i < levels.length; i++) {
      levels[i] ^= (byte) BIAS; // Java's bytes are signed
    }
    for (int c = 0; c < 3; c++) {
      float red = colour[4 * c];
      float green = colour[4 * c + 1];
      float blue = colour[4 * c + 2];
      float constant = colour[4 * c + 3] + BIAS * (red + green + blue);
      for (int y = 0; y < size; y++) {
        mix(levels, y * size, area, red, green, blue, constant, row);
        long to = planes + 4L * (c * area + y * size);
        MemorySegment.copy(row, 0, NativeMemory.ALL, ValueLayout.JAVA_FLOAT, to, size);
      }
    }
  }

  private static void mix(
      byte[] levels,
      int at,
      int area,
      float red,
      float green,
      float blue,
      float constant,
      float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] =
          red * levels[at + i]
              + green * levels[at + area + i]
              + blue * levels[at + 2 * area + i]
              + constant;
    }
  }

  @Override
  public void close() {
    channelVector.close();
    source.close();
    target.close();
    for (MatHeader channel : channels) {
      channel.close();
    }
    block.close();
  }
}
