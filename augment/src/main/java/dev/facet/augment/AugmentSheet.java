package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.base.SampleRandom;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows what an augmentation makes of pictures: each as it is beside sixteen draws. The draws are
 * made in the size that the model takes and then scaled, as blurs and the like depend on it.
 */
public final class AugmentSheet implements AutoCloseable {
  /** Draws per side of their square. */
  public static final int DRAWS = 4;

  private static final int GAP = 4;
  private static final Color PAPER = new Color(0xF4F4F2);

  private final Rendering rendering;
  private final int cell;

  /**
   * Takes native memory.
   *
   * @param size side of the model's pictures, in pixels
   * @param mean per channel of pixels in [0, 1], as the model takes them
   * @param std per channel of pixels in [0, 1]
   * @param cell side of one draw on the sheet, in pixels
   */
  public AugmentSheet(
      Augmentation augmentation, int size, List<Double> mean, List<Double> std, int cell) {
    this.rendering = new Rendering(augmentation, size, mean, std);
    this.cell = cell;
  }

  /**
   * Draws a sheet: on the left all of the picture, on the right a square of draws, one for each of
   * the first sixteen epochs.
   *
   * @param decoded the picture as stored, all of it, in full size
   * @param orientation how to turn it upright
   * @param box face box in the upright picture: left, top, right, bottom, in pixels; null if there
   *     is none
   * @param mayFlip draws the caption, as training does first of all, and says whether the picture
   *     may be mirrored beside it
   * @param seed that the draws come from
   * @param row number of the sample in its data set
   * @return null if the box is to be used and shows nothing
   */
  public @Nullable BufferedImage draw(
      Pixels decoded,
      Orientation orientation,
      double @Nullable [] box,
      Predicate<SampleRandom> mayFlip,
      long seed,
      long row) {
    int side = DRAWS * (cell + GAP) - GAP;
    BufferedImage sheet =
        new BufferedImage(3 * GAP + 2 * side, 2 * GAP + side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    BufferedImage whole = Miniature.of(decoded, orientation, side);
    graphics.drawImage(
        whole, GAP + (side - whole.getWidth()) / 2, GAP + (side - whole.getHeight()) / 2, null);
    graphics.translate(2 * GAP + side, GAP);
    SampleRandom random = new SampleRandom();
    for (int i = 0; i < DRAWS * DRAWS; i++) {
      random.reset(seed, i, row);
      boolean flippable = mayFlip.test(random);
      BufferedImage drawn = rendering.draw(decoded, orientation, box, flippable, random);
      if (drawn == null) {
        return null;
      }
      graphics.drawImage(
          drawn, i % DRAWS * (cell + GAP), i / DRAWS * (cell + GAP), cell, cell, null);
    }
    graphics.dispose();
    return sheet;
  }

  @Override
  public void close() {
    rendering.close();
  }
}
