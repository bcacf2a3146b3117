package dev.facet.prepare.synth;

import java.awt.Shape;
import java.awt.geom.Arc2D;

/** Hats, and the earrings that show below them. */
final class Headgear {
  /** Where a hat ends on the forehead. */
  private static final double RIM = -0.62;

  private Headgear() {}

  static void paint(Face face, Pen pen) {
    int colour = face.hatColour().rgb;
    int band = Pen.shade(colour, Pen.brightness(colour) < 60 ? 3.5 : 0.6);
    switch (face.hat()) {
      case NONE -> {}
      case CAP -> {
        pen.fill(colour, dome(0.9, 0.76));
        double side = face.pose() == Pose.LEFT ? -1 : 1;
        pen.fill(band, Shapes.oval(side * 0.72, RIM, 0.75, 0.13));
      }
      case BEANIE -> {
        pen.fill(colour, dome(0.93, 0.88));
        pen.fill(band, Shapes.oval(0, -1.56, 0.18, 0.18));
        pen.fill(band, Shapes.box(-1, RIM - 0.24, 1, RIM + 0.03));
      }
      case TOP_HAT -> {
        pen.fill(colour, Shapes.box(-0.72, -1.72, 0.72, RIM));
        pen.paint(band, Shapes.box(-0.72, RIM - 0.34, 0.72, RIM - 0.12));
        pen.fill(colour, Shapes.oval(0, RIM - 0.03, 1.15, 0.12));
      }
      case SUN_HAT -> {
        pen.fill(colour, dome(0.78, 0.7));
        pen.paint(band, Shapes.box(-0.77, RIM - 0.24, 0.77, RIM - 0.1));
        pen.fill(colour, Shapes.oval(0, RIM, 1.6, 0.16));
      }
    }
  }

  static void paintEarrings(Face face, Pen pen) {
    Tint tint = face.earrings().tint;
    if (tint != null) {
      pen.fill(tint.rgb, Shapes.oval(-Head.HALF_WIDTH - 0.06, 0.42, 0.17, 0.17));
      pen.fill(tint.rgb, Shapes.oval(Head.HALF_WIDTH + 0.06, 0.42, 0.17, 0.17));
    }
  }

  /** The upper half of an oval on the rim. */
  private static Shape dome(double halfWidth, double height) {
    return new Arc2D.Double(
        -halfWidth, RIM - height, 2 * halfWidth, 2 * height, 0, 180, Arc2D.CHORD);
  }
}
