package dev.facet.augment.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * One OpenCV matrix header that is aimed at memory again and again, where a new {@link Mat} for
 * each picture would be two objects on the heap and one in native memory. The header's fields are
 * written in place, in the layout of {@code cv::Mat} in OpenCV 4 (modules/core/include/opencv2/core
 * /mat.hpp); the first use compares that layout with a header the library made itself.
 *
 * <p>Not thread-safe. The matrix is valid until the next {@code at}.
 */
public final class MatHeader implements AutoCloseable {
  private static final int FLAGS = 0;
  private static final int DIMS = 4;
  private static final int ROWS = 8;
  private static final int COLS = 12;
  private static final int DATA = 16;
  private static final int DATA_START = 24;
  private static final int DATA_END = 32;
  private static final int DATA_LIMIT = 40;
  private static final int OWNER = 56;
  private static final int ROW_STEP = 80;
  private static final int ELEMENT_STEP = 88;
  private static final int SIZE = 96;

  private static final int MAGIC = 0x42ff0000;
  private static final int CONTINUOUS = 1 << 14;

  static {
    OpenCv.load();
    compareLayout();
  }

  private final Mat mat = new Mat();
  private final long header = mat.address();

  /**
   * Points the header at rows of elements that somebody else owns.
   *
   * @param type such as {@code CV_8UC3}
   * @param stride bytes from row to row
   * @return always the same matrix, not to be closed by the caller
   */
  public Mat at(long memory, int rows, int columns, int type, long stride) {
    if (NativeMemory.ALL.get(ValueLayout.JAVA_LONG, header + OWNER) != 0) {
      mat.release(); // OpenCV put memory of its own here
    }
    long elementSize = elementSize(type);
    long rowSize = elementSize * columns;
    boolean dense = rows == 1 || stride == rowSize;
    NativeMemory.ALL.set(
        ValueLayout.JAVA_INT, header + FLAGS, MAGIC | type | (dense ? CONTINUOUS : 0));
    NativeMemory.ALL.set(ValueLayout.JAVA_INT, header + DIMS, 2);
    NativeMemory.ALL.set(ValueLayout.JAVA_INT, header + ROWS, rows);
    NativeMemory.ALL.set(ValueLayout.JAVA_INT, header + COLS, columns);
    NativeMemory.ALL.set(ValueLayout.JAVA_LONG, header + DATA, memory);
    NativeMemory.ALL.set(ValueLayout.JAVA_LONG, header + DATA_START, memory);
    NativeMemory.ALL.set(
        ValueLayout.JAVA_LONG,
        header + DATA_END,
        memory + Math.max(0, rows - 1) * stride + rowSize);
    NativeMemory.ALL.set(ValueLayout.JAVA_LONG, header + DATA_LIMIT, memory + rows * stride);
    NativeMemory.ALL.set(ValueLayout.JAVA_LONG, header + ROW_STEP, stride);
    NativeMemory.ALL.set(ValueLayout.JAVA_LONG, header + ELEMENT_STEP, elementSize);
    return mat;
  }

  /** Channels times bytes per channel; one hexadecimal digit for each of the eight depths. */
  private static int elementSize(int type) {
    int channels = (type >>> opencv_core.CV_CN_SHIFT) + 1;
    int depth = type & (opencv_core.CV_DEPTH_MAX - 1);
    return channels * ((0x28442211 >>> (4 * depth)) & 15);
  }

  /** The header of a picture's pixels. */
  public Mat at(Pixels pixels) {
    return at(
        pixels.address(), pixels.height(), pixels.width(), opencv_core.CV_8UC3, pixels.stride());
  }

  /** The address of any matrix's first element, without the pointer object of the binding. */
  public static long address(Mat mat) {
    return NativeMemory.ALL.get(ValueLayout.JAVA_LONG, mat.address() + DATA);
  }

  private static void compareLayout() {
    try (BytePointer memory = new BytePointer(64);
        Mat made = new Mat(3, 5, opencv_core.CV_8UC3, memory, 20);
        MatHeader aimed = new MatHeader()) {
      aimed.at(memory.address(), 3, 5, opencv_core.CV_8UC3, 20);
      // Between these two parts lie pointers from a header into itself.
      if (made.sizeof() != SIZE
          || differ(made.address(), aimed.header, 0, OWNER + Long.BYTES)
          || differ(made.address(), aimed.header, ROW_STEP, SIZE)) {
        throw new IllegalStateException(
            "OpenCV "
                + opencv_core.CV_VERSION
                + " lays its matrices out differently; use the version this was built with");
      }
    }
  }

  private static boolean differ(long one, long other, int from, int to) {
    return MemorySegment.mismatch(
            NativeMemory.ALL, one + from, one + to, NativeMemory.ALL, other + from, other + to)
        >= 0;
  }

  @Override
  public void close() {
    mat.close();
  }
}
