package dev.facet.augment.memory;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * RGB bytes in native memory that somebody else owns: {@code height} rows of {@code width} pixels,
 * {@code stride} bytes apart. One object serves many pictures in turn; not thread-safe.
 */
public final class Pixels {
  static {
    OpenCv.load();
  }

  private final Address address = new Address();
  private int width;
  private int height;
  private long stride;
  private double coverX;
  private double coverY;
  private double coverWidth;
  private double coverHeight;

  /** Points at dense rows. */
  public Pixels at(long memory, int newWidth, int newHeight) {
    return at(memory, newWidth, newHeight, 3L * newWidth);
  }

  /** Points at rows that are {@code newStride} bytes apart. */
  public Pixels at(long memory, int newWidth, int newHeight, long newStride) {
    address.set(memory);
    width = newWidth;
    height = newHeight;
    stride = newStride;
    return covering(0, 0, newWidth, newHeight);
  }

  /**
   * Says which rectangle of the stored picture, in its full-size pixels, these pixels show; until
   * then, and after every {@code at}, one stored pixel each. A picture that was shrunk while it was
   * decoded may reach past the stored one's right and bottom edge, by less than one of its pixels.
   */
  public Pixels covering(double x, double y, double newWidth, double newHeight) {
    coverX = x;
    coverY = y;
    coverWidth = newWidth;
    coverHeight = newHeight;
    return this;
  }

  /** Points at a rectangle of another picture, which it must lie within. */
  public Pixels within(Pixels whole, int x, int y, int newWidth, int newHeight) {
    return at(whole.address() + y * whole.stride + 3L * x, newWidth, newHeight, whole.stride);
  }

  public long address() {
    return address.address();
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public long stride() {
    return stride;
  }

  /** Left edge of what these pixels show, in pixels of the stored full-size picture. */
  public double coverX() {
    return coverX;
  }

  /** Top edge of what these pixels show, in pixels of the stored full-size picture. */
  public double coverY() {
    return coverY;
  }

  /** Width of what these pixels show, in pixels of the stored full-size picture. */
  public double coverWidth() {
    return coverWidth;
  }

  /** Height of what these pixels show, in pixels of the stored full-size picture. */
  public double coverHeight() {
    return coverHeight;
  }

  /**
   * An OpenCV header over this memory, to be closed by the caller; {@link MatHeader} makes none
   * anew.
   */
  public Mat mat() {
    return new Mat(height, width, opencv_core.CV_8UC3, address, stride);
  }

  /** A pointer that can be aimed again, which the binding's own cannot. */
  private static final class Address extends BytePointer {
    void set(long memory) {
      address = memory;
    }
  }
}
