package dev.facet.prepare.synth;

/** Shoulders, neck and what is worn around it. */
final class Clothes {
  private Clothes() {}

  static void paint(Face face, Pen pen) {
    int colour = face.clothes().rgb;
    pen.fill(colour, Shapes.oval(0, 3.5, 2.2, 2.55));
    pen.fill(face.skin().rgb, Shapes.oval(0, 0.98, 0.42, 0.3));
    pen.line(
        Pen.shade(colour, Pen.brightness(colour) < 60 ? 3 : 0.6),
        0.07f,
        Shapes.curve(-0.5, 1.06, 0, 1.62, 0.5, 1.06));
  }

  static void paintAccessory(Face face, Pen pen) {
    int colour = face.accessoryColour().rgb;
    switch (face.accessory()) {
      case NONE -> {}
      case SCARF -> {
        pen.fill(colour, Shapes.box(0.22, 1.2, 0.62, 2.1));
        pen.fill(colour, Shapes.oval(0, 1.16, 0.82, 0.25));
      }
      case BOW_TIE -> {
        pen.fill(colour, Shapes.polygon(0, 1.36, -0.5, 1.12, -0.5, 1.6));
        pen.fill(colour, Shapes.polygon(0, 1.36, 0.5, 1.12, 0.5, 1.6));
        pen.fill(colour, Shapes.oval(0, 1.36, 0.12, 0.12));
      }
      case NECKLACE -> {
        for (int bead = -3; bead <= 3; bead++) {
          double angle = Math.toRadians(90 - bead * 25);
          pen.fill(
              Tint.GOLD.rgb,
              Shapes.oval(0.66 * Math.cos(angle), 0.92 + 0.52 * Math.sin(angle), 0.12, 0.12));
        }
      }
    }
  }
}
