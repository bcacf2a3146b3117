package dev.facet.augment.resample;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Antialiased resampling with the arithmetic of Pillow, by which published CLIP models were trained
 * and are evaluated; OpenCV's bicubic does not antialias. First along rows, then along columns,
 * each pass rounded to 8 bits. Sums are floats instead of Pillow's integers, which moves a few
 * levels in ten thousand by 1. Reusable; not thread-safe.
 *
 * <p>Both passes are sums of weighted lines of bytes, which the compiler turns into vector
 * instructions: the pass along rows works on the transposed picture. Lines are read as levels less
 * 128, as Java's bytes are signed.
 */
public final class PillowResampler implements AutoCloseable {
  private static final int CHANNELS = 3;
  private static final int BIAS = 128;

  private final Interpolation kernel;
  private final TapsCache acrossCache = new TapsCache();
  private final TapsCache downCache = new TapsCache();
  private final Pixels region = new Pixels();
  private final MatHeader source = new MatHeader();
  private final MatHeader turned = new MatHeader();
  private final NativeBlock block = new NativeBlock();
  private byte[] lines = new byte[0];
  private byte[] result = new byte[0];
  private float[] sums = new float[0];

  /** With one filter. */
  public PillowResampler(Interpolation kernel) {
    this.kernel = kernel;
  }

  /**
   * Resizes {@code picture} to {@code width} by {@code height}, of which only the window at ({@code
   * left}, {@code top}) of the target's size is computed.
   */
  public void resize(Pixels picture, int width, int height, int left, int top, Pixels target) {
    Taps across = acrossCache.get(kernel, picture.width(), width, left, target.width());
    Taps down = downCache.get(kernel, picture.height(), height, top, target.height());
    int columns = across.end() - across.first();
    int rows = down.end() - down.first();
    region.within(picture, across.first(), down.first(), columns, rows);

    // Columns become lines, are summed, and become columns again.
    long whole = (long) CHANNELS * columns * rows;
    long narrow = (long) CHANNELS * target.width() * rows;
    long memory = block.atLeast(Math.max(whole, 2 * narrow));
    transpose(region.address(), rows, columns, region.stride(), memory);
    load(memory, Math.toIntExact(whole));
    pass(across, target.width(), CHANNELS * rows);
    store(memory, CHANNELS * target.width() * rows);
    transpose(memory, target.width(), rows, (long) CHANNELS * rows, memory + narrow);
    load(memory + narrow, Math.toIntExact(narrow));
    int line = CHANNELS * target.width();
    pass(down, target.height(), line);
    store(target, line);
  }

  /** Lines of {@link #result} from {@link #lines}, both {@code length} bytes each. */
  private void pass(Taps taps, int count, int length) {
    result = grown(result, count * length);
    if (sums.length < length) {
      sums = new float[length];
    }
    int last = (taps.end() - taps.first() - 1) * length;
    for (int i = 0; i < count; i++) {
      Arrays.fill(sums, 0, length, 0);
      int a = (taps.from(i) - taps.first()) * length;
      for (int t = 0; t < taps.count(i); t += Taps.STRIDE) {
        // Beyond the picture weights are 0.
        int b = Math.min(a + length, last);
        int c = Math.min(b + length, last);
        int d = Math.min(c + length, last);
        float wa = taps.weight(i, t);
        float wb = taps.weight(i, t + 1);
        float wc = taps.weight(i, t + 2);
        add(lines, a, wa, b, wb, c, wc, d, taps.weight(i, t + 3), sums, length);
        a += Taps.STRIDE * length;
      }
      round(sums, BIAS * taps.sum(i) + 0.5f, result, i * length, length);
    }
  }

  /** Floats, though integers would do: of all types only they are vectorised beside bytes. */
  private static void add(
      byte[] lines,
      int a,
      float wa,
      int b,
      float wb,
      int c,
      float wc,
      int d,
      float wd,
      float[] sums,
      int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += wa * lines[a + i] + wb * lines[b + i] + wc * lines[c + i] + wd * lines[d + i];
    }
  }

  /** Whole levels, once the bias is taken away again. */
  private static void round(float[] sums, float add, byte[] result, int at, int length) {
    for (int i = 0; i < length; i++) {
      result[at + i] = (byte) (int) Math.max(0f, Math.min(255f, sums[i] + add));
    }
  }

  private void transpose(long from, int rows, int columns, long stride, long to) {
    opencv_core.transpose(
        source.at(from, rows, columns, opencv_core.CV_8UC3, stride),
        turned.at(to, columns, rows, opencv_core.CV_8UC3, (long) CHANNELS * rows));
  }

  /** Native levels to biased bytes. */
  private void load(long from, int length) {
    lines = grown(lines, length);
    MemorySegment.copy(NativeMemory.ALL, ValueLayout.JAVA_BYTE, from, lines, 0, length);
    for (int i = 0; i < length; i++) {
      lines[i] ^= (byte) BIAS;
    }
  }

  private void store(long to, int length) {
    MemorySegment.copy(result, 0, NativeMemory.ALL, ValueLayout.JAVA_BYTE, to, length);
  }

  private void store(Pixels target, int line) {
    for (int y = 0; y < target.height(); y++) {
      long to = target.address() + y * target.stride();
      MemorySegment.copy(result, y * line, NativeMemory.ALL, ValueLayout.JAVA_BYTE, to, line);
    }
  }

  private static byte[] grown(byte[] array, int length) {
    return array.length >= length ? array : new byte[Math.max(length, 3 * array.length / 2)];
  }

  @Override
  public void close() {
    source.close();
    turned.close();
    block.close();
  }
}
