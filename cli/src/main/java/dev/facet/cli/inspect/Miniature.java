package dev.facet.cli.inspect;

import dev.facet.augment.operation.Squash;
import dev.facet.loader.picture.MadePicture;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** A whole picture, turned upright, as large as fits into a square. */
final class Miniature {
  private Miniature() {}

  /**
   * Draws one.
   *
   * @param squashed the whole picture as a square, as {@link Squash} makes it
   */
  static BufferedImage of(MadePicture squashed) {
    BufferedImage square = squashed.image();
    double width = squashed.header().shownWidth();
    double height = squashed.header().shownHeight();
    double scale = square.getWidth() / Math.max(width, height);
    BufferedImage fitted =
        new BufferedImage(
            Math.max(1, (int) Math.round(width * scale)),
            Math.max(1, (int) Math.round(height * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = fitted.createGraphics();
    graphics.drawImage(square, 0, 0, fitted.getWidth(), fitted.getHeight(), null);
    graphics.dispose();
    return fitted;
  }
}
