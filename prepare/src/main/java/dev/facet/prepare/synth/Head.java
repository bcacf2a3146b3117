package dev.facet.prepare.synth;

/** Ears, the head itself and the nose. */
final class Head {
  static final double HALF_WIDTH = 0.8;

  private Head() {}

  static void paint(Face face, Pen pen) {
    int skin = face.skin().rgb;
    pen.fill(skin, Shapes.oval(-HALF_WIDTH, 0.08, 0.15, 0.2));
    pen.fill(skin, Shapes.oval(HALF_WIDTH, 0.08, 0.15, 0.2));
    pen.fill(skin, Shapes.oval(0, 0, HALF_WIDTH, 1));
  }

  /** A wedge that points where the head is turned. */
  static void paintNose(Face face, Pen pen) {
    double x = face.pose().shift;
    double tip = x * 1.7;
    int dark = Pen.shade(face.skin().rgb, 0.62);
    pen.line(dark, 0.07f, Shapes.curve(x, 0, tip * 1.35, 0.3, x - tip * 0.1, 0.3));
  }
}
