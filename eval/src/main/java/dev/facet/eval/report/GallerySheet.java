package dev.facet.eval.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Captions with what they find as one picture: a row for each, the best to the left, right ones in
 * a green frame and wrong ones in a grey one; the last column has the right picture where none of
 * the others is.
 */
public final class GallerySheet {
  /** Pictures in a row. */
  public static final int COLUMNS = Gallery.SHOTS + 1;

  private static final int CELL = 80;
  private static final int FRAME = 3;
  private static final Color RIGHT = new Color(0x1E7D38);
  private static final Color WRONG = new Color(0xB9BCC1);

  private GallerySheet() {}

  /**
   * Draws it.
   *
   * @param most rows
   * @return null where there is nothing to draw
   */
  public static @Nullable BufferedImage of(List<GalleryEntry> gallery, int most)
      throws IOException {
    int rows = Math.min(most, gallery.size());
    if (rows == 0) {
      return null;
    }
    BufferedImage sheet =
        new BufferedImage(COLUMNS * CELL, rows * CELL, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int row = 0; row < rows; row++) {
      GalleryEntry entry = gallery.get(row);
      List<FoundPicture> shown = new ArrayList<>(entry.shots());
      for (int column = 0; column < Math.min(shown.size(), COLUMNS - 1); column++) {
        cell(graphics, shown.get(column), column * CELL, row * CELL);
      }
      if (entry.right() != null) {
        cell(graphics, entry.right(), (COLUMNS - 1) * CELL, row * CELL);
      }
    }
    graphics.dispose();
    return sheet;
  }

  private static void cell(Graphics2D graphics, FoundPicture picture, int x, int y)
      throws IOException {
    graphics.setColor(picture.right() ? RIGHT : WRONG);
    graphics.fillRect(x + 1, y + 1, CELL - 2, CELL - 2);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
    if (image != null) {
      int side = CELL - 2 - 2 * FRAME;
      graphics.drawImage(image, x + 1 + FRAME, y + 1 + FRAME, side, side, null);
    }
  }
}
