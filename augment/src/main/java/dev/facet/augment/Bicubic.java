package dev.facet.augment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Antialiased bicubic resampling with the arithmetic of Pillow, by which published CLIP models were
 * trained and are evaluated; OpenCV's bicubic does not antialias. Reusable; not thread-safe.
 *
 * <p>Keys' cubic with a = -0.5 (Keys, "Cubic Convolution Interpolation for Digital Image
 * Processing", IEEE TASSP 29, 1981), stretched by the scale when shrinking; first along rows, then
 * along columns, weights in 22-bit fixed point, each pass rounded to 8 bits.
 */
final class Bicubic {
  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);
  private static final int CHANNELS = 3;

  private byte[] row = new byte[0];
  private byte[] narrow = new byte[0];
  private int[] sums = new int[0];

  /**
   * Resizes {@code source} to {@code width} by {@code height}, of which only the window at ({@code
   * left}, {@code top}) of the target's size is computed.
   */
  void resize(Pixels source, int width, int height, int left, int top, Pixels target) {
    Taps across = new Taps(source.width(), width, left, target.width());
    Taps down = new Taps(source.height(), height, top, target.height());
    int line = CHANNELS * target.width();
    int firstRow = down.from(0);
    int rows = down.to(target.height() - 1) - firstRow;
    row = grown(row, CHANNELS * source.width());
    narrow = grown(narrow, rows * line);
    if (sums.length < line) {
      sums = new int[line];
    }
    MemorySegment from = memory(source);
    for (int y = 0; y < rows; y++) {
      MemorySegment.copy(
          from,
          ValueLayout.JAVA_BYTE,
          (firstRow + y) * source.stride(),
          row,
          0,
          CHANNELS * source.width());
      across(across, target.width(), y * line);
    }
    MemorySegment to = memory(target);
    for (int y = 0; y < target.height(); y++) {
      down(down, y, firstRow, line);
      MemorySegment.copy(row, 0, to, ValueLayout.JAVA_BYTE, y * target.stride(), line);
    }
  }

  private void across(Taps taps, int width, int offset) {
    for (int x = 0; x < width; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int at = taps.offset(x);
      for (int s = taps.from(x); s < taps.to(x); s++) {
        int weight = taps.weights[at++];
        red += weight * (row[3 * s] & 0xff);
        green += weight * (row[3 * s + 1] & 0xff);
        blue += weight * (row[3 * s + 2] & 0xff);
      }
      narrow[offset + 3 * x] = level(red);
      narrow[offset + 3 * x + 1] = level(green);
      narrow[offset + 3 * x + 2] = level(blue);
    }
  }

  /** Leaves output row {@code y} in {@link #row}. Whole rows at a time, which vectorises. */
  private void down(Taps taps, int y, int firstRow, int line) {
    Arrays.fill(sums, 0, line, HALF);
    int at = taps.offset(y);
    for (int s = taps.from(y); s < taps.to(y); s++) {
      int weight = taps.weights[at++];
      int offset = (s - firstRow) * line;
      for (int i = 0; i < line; i++) {
        sums[i] += weight * (narrow[offset + i] & 0xff);
      }
    }
    row = grown(row, line);
    for (int i = 0; i < line; i++) {
      row[i] = level(sums[i]);
    }
  }

  private static byte level(int sum) {
    return (byte) Math.clamp(sum >> BITS, 0, 255);
  }

  private static byte[] grown(byte[] array, int length) {
    return array.length >= length ? array : new byte[Math.max(length, 2 * array.length)];
  }

  @SuppressWarnings("restricted") // Pixels vouches for its memory; the length follows from it.
  private static MemorySegment memory(Pixels pixels) {
    return MemorySegment.ofAddress(pixels.address())
        .reinterpret((pixels.height() - 1) * pixels.stride() + (long) CHANNELS * pixels.width());
  }

  /** Which input pixels each output pixel of the window is made of. */
  private static final class Taps {
    private final int[] from;
    private final int[] to;
    private final int most;
    private final int[] weights;

    Taps(int in, int out, int start, int count) {
      double scale = (double) in / out;
      double stretch = Math.max(1, scale);
      double support = 2 * stretch;
      most = (int) Math.ceil(support) * 2 + 1;
      from = new int[count];
      to = new int[count];
      weights = new int[count * most];
      double[] exact = new double[most];
      for (int i = 0; i < count; i++) {
        double centre = (start + i + 0.5) * scale;
        from[i] = Math.max(0, (int) (centre - support + 0.5));
        to[i] = Math.min(in, (int) (centre + support + 0.5));
        double sum = 0;
        for (int s = from[i]; s < to[i]; s++) {
          double weight = cubic((s - centre + 0.5) / stretch);
          exact[s - from[i]] = weight;
          sum += weight;
        }
        for (int t = 0; t < to[i] - from[i]; t++) {
          double fixed = exact[t] / sum * (1 << BITS);
          weights[i * most + t] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
        }
      }
    }

    int from(int i) {
      return from[i];
    }

    int to(int i) {
      return to[i];
    }

    int offset(int i) {
      return i * most;
    }

    private static double cubic(double signed) {
      double x = Math.abs(signed);
      double a = -0.5;
      if (x < 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
  }
}
