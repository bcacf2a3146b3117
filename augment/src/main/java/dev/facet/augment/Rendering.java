package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.base.SampleRandom;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An augmenter whose results are pictures to look at: what it normalises is undone, so that the
 * mean colour shows as such.
 */
final class Rendering implements AutoCloseable {
  private final Augmenter augmenter;
  private final int size;
  private final List<Double> mean;
  private final List<Double> std;
  private final float[] colour = new float[12];

  Rendering(Augmentation augmentation, int size, List<Double> mean, List<Double> std) {
    this.augmenter = new Augmenter(augmentation, size, mean, std);
    this.size = size;
    this.mean = mean;
    this.std = std;
  }

  /**
   * Draws one variation.
   *
   * @param decoded the picture as stored, all of it
   * @param random the sample's generator, the caption drawn already
   * @return null if the box is to be used and shows nothing
   */
  @Nullable BufferedImage draw(
      Pixels decoded,
      Orientation orientation,
      double @Nullable [] box,
      boolean mayFlip,
      SampleRandom random) {
    boolean transposed = orientation.transposed();
    int width = (int) (transposed ? decoded.coverHeight() : decoded.coverWidth());
    int height = (int) (transposed ? decoded.coverWidth() : decoded.coverHeight());
    if (!augmenter.aim(width, height, box, mayFlip, random)) {
      return null;
    }
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pixels = arena.allocate(3L * size * size);
      augmenter.render(decoded, orientation, random, pixels.address());
      augmenter.colour(pixels.address(), random, colour);
      for (int i = 0; i < size * size; i++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | level(c, pixels, 3L * i);
        }
        image.setRGB(i % size, i / size, rgb);
      }
    }
    return image;
  }

  /** One channel of a pixel, its colour changed, 0 to 255. */
  private int level(int channel, MemorySegment pixels, long pixel) {
    double value = colour[4 * channel + 3];
    for (int c = 0; c < 3; c++) {
      value += colour[4 * channel + c] * (pixels.get(ValueLayout.JAVA_BYTE, pixel + c) & 0xff);
    }
    double level = 255 * (value * std.get(channel) + mean.get(channel));
    return Math.clamp(Math.round(level), 0, 255);
  }

  @Override
  public void close() {
    augmenter.close();
  }
}
