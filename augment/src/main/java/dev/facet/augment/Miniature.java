package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.SampleRandom;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/** A whole picture, turned upright, as large as fits into a square. */
public final class Miniature {
  private static final Augmentation WHOLE =
      Augmentation.evaluation(null, ResizeMode.SQUASH, Interpolation.BICUBIC);
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  private Miniature() {}

  /**
   * Draws one.
   *
   * @param decoded the picture as stored, all of it, perhaps shrunk
   * @param orientation how to turn it upright
   * @param side of the square, in pixels; the longer side of the result
   */
  public static BufferedImage of(Pixels decoded, Orientation orientation, int side) {
    boolean transposed = orientation.transposed();
    double width = transposed ? decoded.coverHeight() : decoded.coverWidth();
    double height = transposed ? decoded.coverWidth() : decoded.coverHeight();
    double scale = side / Math.max(width, height);
    BufferedImage fitted =
        new BufferedImage(
            Math.max(1, (int) Math.round(width * scale)),
            Math.max(1, (int) Math.round(height * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = fitted.createGraphics();
    try (Rendering rendering = new Rendering(WHOLE, side, ZERO, ONE)) {
      BufferedImage square =
          Objects.requireNonNull(
              rendering.draw(decoded, orientation, null, false, new SampleRandom()));
      graphics.drawImage(square, 0, 0, fitted.getWidth(), fitted.getHeight(), null);
    }
    graphics.dispose();
    return fitted;
  }
}
