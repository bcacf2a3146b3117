package dev.facet.augment.canvas;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeDoubles;
import dev.facet.augment.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The resampled square while operations work on it: its 8-bit pixels and a colour change that is
 * still to come. Whoever asks for the pixels gets them with that change made (rounded, clamped to 0
 * to 255); if nobody asks, it costs nothing. Not thread-safe.
 */
public final class Canvas implements AutoCloseable {
  private static final int LEVELS = 256;

  private final int size;
  private final double[] meanColour;
  private final ColourMatrix pending = new ColourMatrix();
  private final MatHeader picture = new MatHeader();
  private final MatHeader spare = new MatHeader();
  private final MatHeader tableHeader = new MatHeader();
  private final NativeBlock spareMemory = new NativeBlock();
  private final NativeDoubles means = new NativeDoubles(3, 1);
  private final NativeDoubles deviations = new NativeDoubles(3, 1);
  private final NativeDoubles warp = new NativeDoubles(2, 3);
  private final NativeDoubles matrix = new NativeDoubles(3, 4);
  private final Size square;
  private final Scalar grey = new Scalar(128, 128, 128, 0);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment tableMemory = arena.allocate(3L * LEVELS);
  private final byte[] table = new byte[3 * LEVELS];
  private final int[] counts = new int[3 * LEVELS];
  private final byte[] levels;
  private long address;
  private boolean meansKnown;

  /**
   * @param size side in pixels
   * @param mean per channel of pixels in [0, 1], as normalisation subtracts it
   */
  public Canvas(int size, List<Double> mean) {
    this.size = size;
    this.meanColour = mean.stream().mapToDouble(m -> Math.rint(255 * m)).toArray();
    this.square = new Size(size, size);
    this.levels = new byte[3 * size * size];
  }

  /** A new picture at this address, no colour change to come. */
  public void begin(long newAddress) {
    address = newAddress;
    meansKnown = false;
    pending.identity();
  }

  public int size() {
    return size;
  }

  /** The colour change to come. */
  public ColourMatrix colour() {
    return pending;
  }

  /** The pixels as 3 channels of 8 bits, to be read and written. */
  public Mat picture() {
    Mat mat = header();
    if (!pending.isIdentity()) {
      for (int i = 0; i < 12; i++) {
        matrix.set(i, pending.get(i));
      }
      Mat changed = scratch();
      opencv_core.transform(mat, changed, matrix.mat());
      pending.identity();
      changed.copyTo(mat);
    }
    meansKnown = false; // whoever asks for the pixels may change them
    return mat;
  }

  /** Room for another picture; ends the previous one. */
  public Mat scratch() {
    long bytes = 3L * size * size;
    return spare.at(spareMemory.atLeast(bytes), size, size, opencv_core.CV_8UC3, 3L * size);
  }

  /** Replaces the pixels. */
  public void show(Mat other) {
    other.copyTo(picture());
  }

  /** Mean luma with the colour change to come, 0 to 255 unless that goes beyond. */
  public double meanGrey() {
    if (!meansKnown) {
      opencv_core.meanStdDev(header(), means.mat(), deviations.mat());
      meansKnown = true;
    }
    return pending.luma(means.get(0), means.get(1), means.get(2));
  }

  /** The colour that normalisation makes 0, as levels of red, green and blue. */
  public double[] meanColour() {
    return meanColour;
  }

  /** How many pixels have each level: 256 counts of red, of green, of blue. */
  public int[] histogram() {
    Mat _ = picture();
    MemorySegment.copy(NativeMemory.ALL, ValueLayout.JAVA_BYTE, address, levels, 0, levels.length);
    Arrays.fill(counts, 0);
    for (int i = 0; i < levels.length; i += 3) {
      counts[levels[i] & 0xff]++;
      counts[LEVELS + (levels[i + 1] & 0xff)]++;
      counts[2 * LEVELS + (levels[i + 2] & 0xff)]++;
    }
    return counts;
  }

  /** New levels of red, green and blue of level 0, then of level 1 ...; to be filled. */
  public byte[] table() {
    return table;
  }

  /** Replaces each level by what the table says. */
  public void lookUp() {
    Mat mat = picture();
    MemorySegment.copy(table, 0, tableMemory, ValueLayout.JAVA_BYTE, 0, table.length);
    Mat tableMat =
        tableHeader.at(tableMemory.address(), 1, LEVELS, opencv_core.CV_8UC3, table.length);
    Mat result = scratch();
    opencv_core.LUT(mat, tableMat, result);
    result.copyTo(mat);
  }

  /**
   * Resamples: the pixel at (x, y) becomes what was at (xx x + xy y + x0, yx x + yy y + y0),
   * bilinear, grey where that lies outside.
   */
  public void warp(double xx, double xy, double x0, double yx, double yy, double y0) {
    Mat mat = picture();
    warp.set(0, xx);
    warp.set(1, xy);
    warp.set(2, x0);
    warp.set(3, yx);
    warp.set(4, yy);
    warp.set(5, y0);
    int flags = opencv_imgproc.INTER_LINEAR | opencv_imgproc.WARP_INVERSE_MAP;
    Mat result = scratch();
    opencv_imgproc.warpAffine(
        mat, result, warp.mat(), square, flags, opencv_core.BORDER_CONSTANT, grey);
    result.copyTo(mat);
  }

  private Mat header() {
    return picture.at(address, size, size, opencv_core.CV_8UC3, 3L * size);
  }

  @Override
  public void close() {
    picture.close();
    spare.close();
    tableHeader.close();
    spareMemory.close();
    means.close();
    deviations.close();
    warp.close();
    matrix.close();
    square.close();
    grey.close();
    arena.close();
  }
}
