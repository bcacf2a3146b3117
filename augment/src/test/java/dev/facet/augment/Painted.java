package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A picture made by a formula, in native memory. */
public final class Painted implements AutoCloseable {
  /** The colour 0xRRGGBB of a place. */
  public interface Formula {
    public int rgb(int x, int y);
  }

  public final int width;
  public final int height;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;

  public Painted(int width, int height, Formula formula) {
    this.width = width;
    this.height = height;
    memory = arena.allocate(3L * width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = formula.rgb(x, y);
        long at = 3L * (y * width + x);
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) (rgb >> 16));
        memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (rgb >> 8));
        memory.set(ValueLayout.JAVA_BYTE, at + 2, (byte) rgb);
      }
    }
  }

  public static Painted blank(int size) {
    return new Painted(size, size, (x, y) -> 0);
  }

  public static int rgb(int red, int green, int blue) {
    return (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
  }

  public long address() {
    return memory.address();
  }

  public Pixels pixels() {
    return new Pixels().at(address(), width, height);
  }

  /** As a picture that is stored, decoded already. */
  public StoredPicture<RuntimeException> stored(Orientation orientation) {
    return stored(orientation, (reduction, wanted) -> pixels());
  }

  /** The same, decoded in another way. */
  StoredPicture<RuntimeException> stored(Orientation orientation, FakePicture.Decoding decoding) {
    return new FakePicture(
        orientation.transposed() ? height : width,
        orientation.transposed() ? width : height,
        orientation,
        decoding);
  }

  /** Red, green, blue of pixel after pixel. */
  public int[] levels() {
    int[] levels = new int[3 * width * height];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = memory.get(ValueLayout.JAVA_BYTE, i) & 0xff;
    }
    return levels;
  }

  public int level(int x, int y, int channel) {
    return memory.get(ValueLayout.JAVA_BYTE, 3L * (y * width + x) + channel) & 0xff;
  }

  /** One row of {@link #levels}. */
  public int[] row(int y) {
    int[] row = new int[3 * width];
    for (int i = 0; i < row.length; i++) {
      row[i] = level(i / 3, y, i % 3);
    }
    return row;
  }

  @Override
  public void close() {
    arena.close();
  }
}
