package dev.facet.prepare.synth;

/** Eyes that look where the head is turned, brows, and what is worn before them. */
final class Eyes {
  private static final double APART = 0.34;
  private static final double HEIGHT = -0.14;
  private static final int FRAME = 0x14141A;

  private Eyes() {}

  static void paint(Face face, Pen pen) {
    for (int side = -1; side <= 1; side += 2) {
      double x = side * APART + face.pose().shift;
      double look = face.pose().shift * 0.28;
      pen.fill(0xFFFFFF, Shapes.oval(x, HEIGHT, 0.2, 0.17));
      pen.paint(eyeColour(face.eyes()), Shapes.oval(x + look, HEIGHT, 0.135, 0.14));
      pen.paint(0x000000, Shapes.oval(x + look, HEIGHT, 0.05, 0.05));
    }
  }

  static void paintGlasses(Face face, Pen pen) {
    if (face.glasses() == Glasses.NONE) {
      return;
    }
    for (int side = -1; side <= 1; side += 2) {
      double x = side * (APART + 0.01) + face.pose().shift;
      switch (face.glasses()) {
        case ROUND -> pen.line(FRAME, 0.08f, Shapes.oval(x, HEIGHT, 0.28, 0.28));
        case SQUARE ->
            pen.line(FRAME, 0.11f, Shapes.box(x - 0.27, HEIGHT - 0.22, x + 0.27, HEIGHT + 0.22));
        default -> pen.fill(FRAME, Shapes.oval(x, HEIGHT + 0.03, 0.31, 0.27));
      }
      double temple = side * Head.HALF_WIDTH;
      pen.line(FRAME, 0.07f, Shapes.curve(x + side * 0.28, HEIGHT, temple, HEIGHT, temple, HEIGHT));
    }
    double bridge = face.pose().shift;
    pen.line(
        FRAME,
        0.07f,
        Shapes.curve(bridge - 0.07, HEIGHT, bridge, HEIGHT - 0.05, bridge + 0.07, HEIGHT));
  }

  /** Irises are small: their colours are brighter than those of larger things. */
  private static int eyeColour(Tint tint) {
    return switch (tint) {
      case BLUE -> 0x1E78FF;
      case GREEN -> 0x18B048;
      default -> tint.rgb;
    };
  }
}
