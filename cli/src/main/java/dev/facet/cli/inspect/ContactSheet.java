package dev.facet.cli.inspect;

import dev.facet.augment.Box;
import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.cli.inspect.Sampler.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A PNG of small pictures side by side, face boxes outlined. Pictures that cannot be drawn leave a
 * crossed cell. Rotation by Exif is not applied here.
 */
final class ContactSheet {
  private static final int COLUMNS = 8;
  private static final int ROWS = 6;
  private static final int CELL = 160;
  private static final int GAP = 6;

  /** A hostile picture must not fill the memory; the loader refuses it too. */
  private static final long MAX_PIXELS = 25_000_000;

  private static final Color PAPER = new Color(0xF4F4F2);
  private static final Color EMPTY = new Color(0xD8D8D4);
  private static final Color OUTLINE = new Color(0xFFB000);

  private ContactSheet() {}

  /** Draws the first pictures, as many as fit on the sheet. */
  static void write(Path target, List<Picture> pictures) throws IOException {
    int shown = Math.min(pictures.size(), COLUMNS * ROWS);
    int lines = Math.max(1, (shown + COLUMNS - 1) / COLUMNS);
    BufferedImage sheet =
        new BufferedImage(
            GAP + COLUMNS * (CELL + GAP), GAP + lines * (CELL + GAP), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < shown; i++) {
      int x = GAP + i % COLUMNS * (CELL + GAP);
      int y = GAP + i / COLUMNS * (CELL + GAP);
      cell((Graphics2D) graphics.create(x, y, CELL, CELL), pictures.get(i));
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
    BufferedImage image = decode(picture);
    if (image == null) {
      graphics.setColor(EMPTY);
      graphics.fillRect(0, 0, CELL, CELL);
      graphics.setColor(PAPER);
      graphics.drawLine(0, 0, CELL, CELL);
      graphics.drawLine(0, CELL, CELL, 0);
      return;
    }
    double scale = (double) CELL / Math.max(image.getWidth(), image.getHeight());
    double left = (CELL - image.getWidth() * scale) / 2;
    double top = (CELL - image.getHeight() * scale) / 2;
    graphics.translate(left, top);
    graphics.drawImage(
        image,
        0,
        0,
        (int) Math.round(image.getWidth() * scale),
        (int) Math.round(image.getHeight() * scale),
        null);
    Box box = picture.box();
    if (box != null) {
      graphics.setColor(OUTLINE);
      graphics.setStroke(new BasicStroke(2));
      graphics.draw(
          new Rectangle2D.Double(
              box.x1() * scale, box.y1() * scale, box.width() * scale, box.height() * scale));
    }
  }

  private static @Nullable BufferedImage decode(Picture picture) {
    if (picture.width() == 0 || (long) picture.width() * picture.height() > MAX_PIXELS) {
      return null;
    }
    try {
      return ImageIO.read(new ByteArrayInputStream(picture.encoded().array()));
    } catch (IOException | RuntimeException e) {
      // Readers meet broken pictures with exceptions of every kind; the cell stays crossed.
      return null;
    }
  }
}
