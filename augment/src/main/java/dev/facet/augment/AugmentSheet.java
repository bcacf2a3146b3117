package dev.facet.augment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what an augmentation makes of a picture: the picture as it is beside sixteen draws. */
public final class AugmentSheet {
  /** Draws per side of their square. */
  public static final int DRAWS = 4;

  private static final int GAP = 4;
  private static final Color PAPER = new Color(0xF4F4F2);
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  private AugmentSheet() {}

  /**
   * Draws a sheet: on the left all of the picture, on the right a square of draws, one for each of
   * sixteen epochs.
   *
   * @param decoded the picture as stored, all of it, in full size
   * @param orientation how to turn it upright
   * @param box face box in the upright picture: left, top, right, bottom, in pixels; null if there
   *     is none
   * @param cell side of one draw in pixels
   * @param seed that the draws come from
   * @param row number of the sample in its data set
   * @return null if the box is to be used and shows nothing
   */
  public static @Nullable BufferedImage draw(
      Pixels decoded,
      Orientation orientation,
      double @Nullable [] box,
      Augmentation augmentation,
      int cell,
      long seed,
      long row) {
    int side = DRAWS * (cell + GAP) - GAP;
    BufferedImage sheet =
        new BufferedImage(3 * GAP + 2 * side, 2 * GAP + side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    original(graphics, decoded, orientation, side);
    graphics.translate(2 * GAP + side, GAP);
    SampleRandom random = new SampleRandom();
    try (Augmenter augmenter = new Augmenter(augmentation, cell, ZERO, ONE)) {
      for (int i = 0; i < DRAWS * DRAWS; i++) {
        random.reset(seed, i, row);
        BufferedImage drawn = drawn(augmenter, decoded, orientation, box, cell, random);
        if (drawn == null) {
          return null;
        }
        graphics.drawImage(drawn, i % DRAWS * (cell + GAP), i / DRAWS * (cell + GAP), null);
      }
    }
    graphics.dispose();
    return sheet;
  }

  /** All of the picture, as large as fits. */
  private static void original(
      Graphics2D graphics, Pixels decoded, Orientation orientation, int side) {
    boolean transposed = orientation.transposed();
    int width = transposed ? decoded.height() : decoded.width();
    int height = transposed ? decoded.width() : decoded.height();
    double scale = (double) side / Math.max(width, height);
    int shownWidth = Math.max(1, (int) Math.round(width * scale));
    int shownHeight = Math.max(1, (int) Math.round(height * scale));
    Augmentation whole = Augmentation.evaluation(null, ResizeMode.SQUASH, Interpolation.BICUBIC);
    SampleRandom random = new SampleRandom();
    try (Augmenter augmenter = new Augmenter(whole, side, ZERO, ONE)) {
      BufferedImage square = drawn(augmenter, decoded, orientation, null, side, random);
      graphics.drawImage(
          square,
          GAP + (side - shownWidth) / 2,
          GAP + (side - shownHeight) / 2,
          shownWidth,
          shownHeight,
          null);
    }
  }

  private static @Nullable BufferedImage drawn(
      Augmenter augmenter,
      Pixels decoded,
      Orientation orientation,
      double @Nullable [] box,
      int size,
      SampleRandom random) {
    boolean transposed = orientation.transposed();
    int width = (int) (transposed ? decoded.coverHeight() : decoded.coverWidth());
    int height = (int) (transposed ? decoded.coverWidth() : decoded.coverHeight());
    if (!augmenter.aim(width, height, box, true, random)) {
      return null;
    }
    float[] colour = new float[12];
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pixels = arena.allocate(3L * size * size);
      augmenter.render(decoded, orientation, random, pixels.address());
      augmenter.colour(pixels.address(), random, colour);
      for (int i = 0; i < size * size; i++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | level(colour, 4 * c, pixels, 3L * i);
        }
        image.setRGB(i % size, i / size, rgb);
      }
    }
    return image;
  }

  /** One channel of a pixel, its colour changed, 0 to 255. */
  private static int level(float[] colour, int at, MemorySegment pixels, long pixel) {
    double value = colour[at + 3];
    for (int c = 0; c < 3; c++) {
      value += colour[at + c] * (pixels.get(ValueLayout.JAVA_BYTE, pixel + c) & 0xff);
    }
    return Math.clamp(Math.round(255 * value), 0, 255);
  }
}
