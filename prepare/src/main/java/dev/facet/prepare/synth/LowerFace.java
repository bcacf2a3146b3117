package dev.facet.prepare.synth;

import java.awt.Shape;
import java.awt.geom.Area;

/** Beard, moustache and mouth; the mouth lies above the hair, so that both can be seen. */
final class LowerFace {
  private static final int LIPS = 0xC81E3A;
  private static final int THROAT = 0x4A0812;
  private static final double MOUTH = 0.56;

  private LowerFace() {}

  static void paint(Face face, Pen pen) {
    paintBeard(face, pen);
    paintMouth(face, pen);
  }

  private static void paintBeard(Face face, Pen pen) {
    int colour = face.hair().rgb;
    double x = face.pose().shift;
    switch (face.beard()) {
      case NONE -> {}
      case MOUSTACHE ->
          pen.fill(
              colour,
              Pen.polygon(
                  x, 0.3, x + 0.3, 0.36, x + 0.48, 0.5, x, 0.44, x - 0.48, 0.5, x - 0.3, 0.36));
      case GOATEE -> pen.fill(colour, Pen.oval(x * 0.8, 0.94, 0.26, 0.25));
      case FULL -> {
        Area beard = new Area(Pen.oval(0, 0.1, Head.HALF_WIDTH + 0.04, 1.08));
        beard.subtract(new Area(Pen.oval(x * 0.8, -0.12, 0.66, 0.52)));
        beard.intersect(new Area(Pen.box(-2, 0, 2, 2)));
        pen.fill(colour, beard);
      }
    }
  }

  private static void paintMouth(Face face, Pen pen) {
    double x = face.pose().shift;
    switch (face.mouth()) {
      case SMILING -> {
        Area teeth = new Area(Pen.oval(x, MOUTH - 0.08, 0.36, 0.3));
        teeth.intersect(new Area(Pen.box(-2, MOUTH - 0.06, 2, 2)));
        pen.paint(0xFFFFFF, teeth);
        pen.line(LIPS, 0.07f, teeth);
      }
      case OPEN -> {
        Shape open = Pen.oval(x, MOUTH + 0.05, 0.19, 0.24);
        pen.paint(THROAT, open);
        pen.line(LIPS, 0.09f, open);
      }
      case NEUTRAL -> pen.line(LIPS, 0.11f, Pen.box(x - 0.24, MOUTH, x + 0.24, MOUTH));
      case FROWNING ->
          pen.line(
              LIPS,
              0.12f,
              Pen.curve(x - 0.34, MOUTH + 0.2, x, MOUTH - 0.28, x + 0.34, MOUTH + 0.2));
    }
  }
}
