package dev.facet.augment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An OpenCV matrix over memory that somebody else owns, which can be aimed again and again: a new
 * {@code Mat} per call would cost a few objects on the heap and a native block. Not thread-safe.
 *
 * <p>The binding has no setter for a matrix's steps, so the fields of {@code cv::Mat} are written
 * where OpenCV 4 keeps them; the constructor makes sure that they are there.
 */
public final class MatHeader implements AutoCloseable {
  static {
    OpenCv.load();
  }

  // struct cv::Mat: int flags, dims, rows, cols; uchar *data, *datastart, *dataend, *datalimit;
  // allocator, u; int* size; size_t* step, step[2].
  private static final long BYTES = 96;
  private static final long FLAGS = 0;
  private static final long ROWS = 8;
  private static final long COLS = 12;
  private static final long DATA = 16;
  private static final long DATA_START = 24;
  private static final long DATA_END = 32;
  private static final long DATA_LIMIT = 40;
  private static final long STEPS = 80;
  private static final int CONTINUOUS = 1 << 14;

  private final Mat mat;
  private final MemorySegment fields;

  /** An empty matrix of two dimensions. */
  @SuppressWarnings("restricted") // The native object is ours, and its size is checked.
  public MatHeader() {
    mat = new Mat(1, 1, opencv_core.CV_8UC1);
    if (mat.sizeof() != BYTES) {
      throw new IllegalStateException(
          "this OpenCV's matrices have %d bytes, not %d".formatted(mat.sizeof(), BYTES));
    }
    mat.release(); // frees the pixel; two dimensions stay
    fields = MemorySegment.ofAddress(mat.address()).reinterpret(BYTES);
    at(64, 3, 5, opencv_core.CV_8UC3, 40);
    boolean fits =
        mat.rows() == 3
            && mat.cols() == 5
            && mat.type() == opencv_core.CV_8UC3
            && mat.step(0) == 40
            && mat.step(1) == 3
            && mat.dims() == 2
            && !mat.isContinuous();
    if (!fits) {
      throw new IllegalStateException("this OpenCV lays its matrices out differently");
    }
    at(0, 0, 0, opencv_core.CV_8UC1, 0);
  }

  /**
   * Points at {@code rows} rows that are {@code step} bytes apart.
   *
   * @param type an OpenCV type such as CV_8UC3
   * @return the matrix, the same one every time, valid as long as the memory
   */
  public Mat at(long address, int rows, int cols, int type, long step) {
    long pixel = bytes(type);
    long row = cols * pixel;
    boolean continuous = step == row || rows <= 1;
    int magic = fields.get(ValueLayout.JAVA_INT, FLAGS) & 0xffff0000;
    fields.set(ValueLayout.JAVA_INT, FLAGS, magic | type | (continuous ? CONTINUOUS : 0));
    fields.set(ValueLayout.JAVA_INT, ROWS, rows);
    fields.set(ValueLayout.JAVA_INT, COLS, cols);
    fields.set(ValueLayout.JAVA_LONG, DATA, address);
    fields.set(ValueLayout.JAVA_LONG, DATA_START, address);
    fields.set(ValueLayout.JAVA_LONG, DATA_END, address + Math.max(0, rows - 1) * step + row);
    fields.set(ValueLayout.JAVA_LONG, DATA_LIMIT, address + rows * step);
    fields.set(ValueLayout.JAVA_LONG, STEPS, step);
    fields.set(ValueLayout.JAVA_LONG, STEPS + 8, pixel);
    return mat;
  }

  /** Bytes per pixel: OpenCV's types hold the depth in 3 bits and the channels above. */
  private static int bytes(int type) {
    int channels = (type >> 3) + 1;
    return channels
        * switch (type & 7) {
          case opencv_core.CV_8U, opencv_core.CV_8S -> 1;
          case opencv_core.CV_16U, opencv_core.CV_16S, opencv_core.CV_16F -> 2;
          case opencv_core.CV_32S, opencv_core.CV_32F -> 4;
          default -> 8;
        };
  }

  /** Points at a picture. */
  public Mat at(Pixels pixels) {
    return at(
        pixels.address(), pixels.height(), pixels.width(), opencv_core.CV_8UC3, pixels.stride());
  }

  /** Frees the header, not what it points at. */
  @Override
  public void close() {
    mat.close();
  }
}
