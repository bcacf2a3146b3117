package dev.facet.prepare.synth;

import java.awt.geom.Rectangle2D;

/** Fills the picture with a colour and a pattern in a second shade of it. */
final class Background {
  private static final double STEP = 0.62;

  private Background() {}

  static void paint(Face face, Pen pen) {
    int colour = face.background().rgb;
    int second = Pen.shade(colour, 0.66);
    Rectangle2D all = pen.graphics().getClip().getBounds2D();
    pen.paint(colour, all);
    double left = Math.floor(all.getMinX() / STEP) * STEP;
    double top = Math.floor(all.getMinY() / STEP) * STEP;
    for (double x = left; x < all.getMaxX() && face.pattern() != Pattern.PLAIN; x += STEP) {
      if (face.pattern() == Pattern.STRIPED) {
        pen.paint(second, Pen.box(x, all.getMinY(), x + STEP / 2, all.getMaxY()));
        continue;
      }
      for (double y = top; y < all.getMaxY(); y += STEP) {
        if (face.pattern() == Pattern.DOTTED) {
          pen.paint(second, Pen.oval(x, y, STEP / 3.4, STEP / 3.4));
        } else {
          pen.paint(second, Pen.box(x, y, x + STEP / 2, y + STEP / 2));
          pen.paint(second, Pen.box(x + STEP / 2, y + STEP / 2, x + STEP, y + STEP));
        }
      }
    }
  }
}
