package dev.facet.prepare.synth;

import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Beard, moustache and mouth; the mouth lies above the hair, so that both can be seen. */
final class LowerFace {
  private static final int LIPS = 0xC81E3A;
  private static final int THROAT = 0x4A0812;
  private static final double MOUTH = 0.56;

  private static final Map<Pose, Shape> FULL = fullBeards();

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
              Shapes.polygon(
                  x, 0.3, x + 0.3, 0.36, x + 0.48, 0.5, x, 0.44, x - 0.48, 0.5, x - 0.3, 0.36));
      case GOATEE -> pen.fill(colour, Shapes.oval(x * 0.8, 0.94, 0.26, 0.25));
      case FULL -> pen.fill(colour, Objects.requireNonNull(FULL.get(face.pose())));
    }
  }

  private static Map<Pose, Shape> fullBeards() {
    Map<Pose, Shape> beards = new EnumMap<>(Pose.class);
    Shape jaw =
        Shapes.overlap(Shapes.oval(0, 0.1, Head.HALF_WIDTH + 0.04, 1.08), Shapes.box(-2, 0, 2, 2));
    for (Pose pose : Pose.values()) {
      beards.put(pose, Shapes.without(jaw, Shapes.oval(pose.shift * 0.8, -0.12, 0.66, 0.52)));
    }
    return beards;
  }

  private static void paintMouth(Face face, Pen pen) {
    double x = face.pose().shift;
    switch (face.mouth()) {
      case SMILING -> {
        Shape teeth = new Arc2D.Double(x - 0.36, MOUTH - 0.3, 0.72, 0.54, 180, 180, Arc2D.CHORD);
        pen.paint(0xFFFFFF, teeth);
        pen.line(LIPS, 0.07f, teeth);
      }
      case OPEN -> {
        Shape open = Shapes.oval(x, MOUTH + 0.05, 0.19, 0.24);
        pen.paint(THROAT, open);
        pen.line(LIPS, 0.09f, open);
      }
      case NEUTRAL -> pen.line(LIPS, 0.11f, Shapes.box(x - 0.24, MOUTH, x + 0.24, MOUTH));
      case FROWNING ->
          pen.line(
              LIPS,
              0.12f,
              Shapes.curve(x - 0.34, MOUTH + 0.2, x, MOUTH - 0.28, x + 0.34, MOUTH + 0.2));
    }
  }
}
