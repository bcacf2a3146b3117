package dev.facet.cli.inspect;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.cli.inspect.Sampler.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A PNG of small pictures side by side, upright, face boxes outlined, captions below. */
final class ContactSheet {
  private static final int COLUMNS = 8;
  private static final int ROWS = 6;

  /** Pictures on a full sheet. */
  static final int MOST = COLUMNS * ROWS;

  /** Side of a picture's place, in pixels. */
  static final int CELL = 160;

  private static final int GAP = 6;
  private static final int CAPTION_LINES = 3;
  private static final int PITCH = CELL + CAPTION_LINES * SheetText.LINE + GAP;

  private static final Color PAPER = new Color(0xF4F4F2);
  private static final Color OUTLINE = new Color(0xFFB000);

  private ContactSheet() {}

  /** Draws pictures, not more than {@link #MOST}. */
  static void write(Path target, List<Picture> pictures) throws IOException {
    int shown = pictures.size();
    int lines = Math.max(1, (shown + COLUMNS - 1) / COLUMNS);
    BufferedImage sheet =
        new BufferedImage(
            GAP + COLUMNS * (CELL + GAP), GAP + lines * PITCH, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < shown; i++) {
      int x = GAP + i % COLUMNS * (CELL + GAP);
      int y = GAP + i / COLUMNS * PITCH;
      cell((Graphics2D) graphics.create(x, y, CELL, CELL), pictures.get(i));
      SheetText.draw(
          graphics, pictures.get(i).captions().getFirst(), x, y + CELL, CELL, CAPTION_LINES);
    }
    graphics.dispose();
    try (Staged staged = Staged.file(target)) {
      if (!ImageIO.write(sheet, "png", staged.path().toFile())) {
        throw FacetException.run("this Java cannot write PNG files: use a full JDK");
      }
      staged.commit();
    }
  }

  private static void cell(Graphics2D graphics, Picture picture) {
    BufferedImage image = Objects.requireNonNull(picture.miniature());
    graphics.translate((CELL - image.getWidth()) / 2, (CELL - image.getHeight()) / 2);
    graphics.drawImage(image, 0, 0, null);
    Box box = picture.box();
    if (box != null) {
      double scale = (double) CELL / Math.max(picture.width(), picture.height());
      graphics.setColor(OUTLINE);
      graphics.setStroke(new BasicStroke(2));
      graphics.draw(
          new Rectangle2D.Double(
              box.x1() * scale, box.y1() * scale, box.width() * scale, box.height() * scale));
    }
  }
}
