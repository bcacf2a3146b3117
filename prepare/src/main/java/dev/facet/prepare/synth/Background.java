package dev.facet.prepare.synth;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Fills the picture with a colour and a pattern in a second shade of it. */
final class Background {
  private static final double STEP = 0.62;

  private Background() {}

  static void paint(Face face, Pen pen) {
    int colour = face.background().rgb;
    Rectangle2D all = pen.graphics().getClip().getBounds2D();
    pen.paint(colour, all);
    if (face.pattern() == Pattern.PLAIN) {
      return;
    }
    Path2D pattern = new Path2D.Double();
    for (double x = start(all.getMinX()); x < all.getMaxX(); x += STEP) {
      if (face.pattern() == Pattern.STRIPED) {
        pattern.append(Shapes.box(x, all.getMinY(), x + STEP / 2, all.getMaxY()), false);
        continue;
      }
      for (double y = start(all.getMinY()); y < all.getMaxY(); y += STEP) {
        if (face.pattern() == Pattern.DOTTED) {
          pattern.append(Shapes.oval(x, y, STEP / 3.4, STEP / 3.4), false);
        } else {
          double middleX = x + STEP / 2;
          double middleY = y + STEP / 2;
          pattern.append(Shapes.box(x, y, middleX, middleY), false);
          pattern.append(Shapes.box(middleX, middleY, x + STEP, y + STEP), false);
        }
      }
    }
    pen.paint(Pen.shade(colour, 0.66), pattern);
  }

  /** Patterns hang on the head, not on the corner of the picture. */
  private static double start(double edge) {
    return Math.floor(edge / STEP) * STEP;
  }
}
