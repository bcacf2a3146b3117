package dev.facet.cli.inspect;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import org.jspecify.annotations.Nullable;

/** Small text on a sheet of pictures: wrapped, in any script, cut where there is no more room. */
public final class SheetText {
  /** Distance of two lines, in pixels. */
  static final int LINE = 13;

  private static final int SIZE = 10;
  private static final Color INK = new Color(0x1D1F23);
  private static final String CUT = "\u2026";
  private static final @Nullable Font FONT = font();

  private SheetText() {}

  /** What to tell where a sheet has no text; null where it has. */
  public static @Nullable String problem() {
    return FONT != null
        ? null
        : "this machine has no fonts, so the sheet shows no text: install one, such as DejaVu";
  }

  /** A system without fonts, or without the library that finds them, fails in many ways. */
  private static @Nullable Font font() {
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
      return font.canDisplay('a') ? font : null;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return null;
    }
  }

  /**
   * Writes below a point, at most so many lines.
   *
   * @param x left edge
   * @param y upper edge
   * @param width of a line, in pixels
   */
  static void draw(Graphics2D graphics, String text, int x, int y, int width, int lines) {
    String shown = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (FONT == null || shown.isEmpty()) {
      return;
    }
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(INK);
    LineBreakMeasurer measurer = measurer(graphics, FONT, shown);
    for (int line = 0; line < lines && measurer.getPosition() < shown.length(); line++) {
      int begin = measurer.getPosition();
      TextLayout layout = measurer.nextLayout(width);
      if (line == lines - 1 && measurer.getPosition() < shown.length()) {
        layout = cut(graphics, FONT, shown.substring(begin, measurer.getPosition()), width);
      }
      float left = layout.isLeftToRight() ? x : x + width - layout.getAdvance();
      layout.draw(graphics, left, y + LINE * line + SIZE);
    }
  }

  private static TextLayout cut(Graphics2D graphics, Font font, String line, int width) {
    int length = line.length();
    while (true) {
      String shorter = line.substring(0, length).stripTrailing() + CUT;
      TextLayout layout = new TextLayout(shorter, font, graphics.getFontRenderContext());
      if (layout.getAdvance() <= width || length == 0) {
        return layout;
      }
      length--;
    }
  }

  private static LineBreakMeasurer measurer(Graphics2D graphics, Font font, String text) {
    AttributedString attributed = new AttributedString(text);
    attributed.addAttribute(TextAttribute.FONT, font);
    return new LineBreakMeasurer(attributed.getIterator(), graphics.getFontRenderContext());
  }
}
