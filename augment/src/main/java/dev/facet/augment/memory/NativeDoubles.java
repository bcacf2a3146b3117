package dev.facet.augment.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** A small matrix of doubles that both Java and OpenCV read and write. Not thread-safe. */
public final class NativeDoubles implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MatHeader header = new MatHeader();
  private final MemorySegment values;
  private final Mat mat;

  public NativeDoubles(int rows, int cols) {
    values = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) rows * cols);
    mat = header.at(values.address(), rows, cols, opencv_core.CV_64FC1, 8L * cols);
  }

  public Mat mat() {
    return mat;
  }

  public double get(int i) {
    return values.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  public void set(int i, double value) {
    values.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
  }

  @Override
  public void close() {
    header.close();
    arena.close();
  }
}
