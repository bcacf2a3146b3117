package dev.facet.prepare.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;

/**
 * Draws in units of half the height of a head, whose centre is (0, 0); y grows downwards. Every
 * filled shape gets an outline, so that a part stays visible before another of the same colour.
 *
 * @param light factor on all colours
 */
record Pen(Graphics2D graphics, double light) {
  private static final float OUTLINE = 0.035f;

  /** A shape in a colour with a darker (or, if it is dark, a lighter) outline. */
  void fill(int rgb, Shape shape) {
    paint(rgb, shape);
    line(shade(rgb, brightness(rgb) < 60 ? 1.9 : 0.5), OUTLINE, shape);
  }

  /** A shape without outline. */
  void paint(int rgb, Shape shape) {
    graphics.setColor(color(rgb));
    graphics.fill(shape);
  }

  /** A line of this width with round ends. */
  void line(int rgb, float width, Shape shape) {
    graphics.setColor(color(rgb));
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  private Color color(int rgb) {
    return new Color(shade(rgb, light));
  }

  /** Multiplies a colour; black is lifted a little where it should become lighter. */
  static int shade(int rgb, double factor) {
    int lifted = factor > 1 ? 12 : 0;
    int result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int value = (int) Math.round(((rgb >> shift & 0xff) + lifted) * factor);
      result |= Math.clamp(value, 0, 255) << shift;
    }
    return result;
  }

  static int brightness(int rgb) {
    return ((rgb >> 16 & 0xff) * 3 + (rgb >> 8 & 0xff) * 6 + (rgb & 0xff)) / 10;
  }
}
