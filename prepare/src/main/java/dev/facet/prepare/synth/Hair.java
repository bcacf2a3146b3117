package dev.facet.prepare.synth;

import java.awt.Shape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Hair behind the head and on the forehead; enough of it shows below any hat. */
final class Hair {
  private static final Shape CROWN = above(0.5, Shapes.oval(0, 0, 1.08, 1.16));
  private static final Shape MANE =
      Shapes.union(Shapes.oval(0, -0.05, 1.12, 1.15), Shapes.box(-1.12, 0, 1.12, 1.5));
  private static final Shape CURLS = curls();
  private static final Shape SPIKES = spikes();
  private static final Map<Pose, Shape> FRINGES = fringes();

  private Hair() {}

  static void paintBehind(Face face, Pen pen) {
    int colour = face.hair().rgb;
    switch (face.style()) {
      case SHORT -> pen.fill(colour, CROWN);
      case LONG -> pen.fill(colour, MANE);
      case CURLY -> pen.fill(colour, CURLS);
      case SPIKY -> pen.fill(colour, SPIKES);
      case PIGTAILS -> {
        pen.fill(colour, CROWN);
        for (int side = -1; side <= 1; side += 2) {
          pen.fill(colour, Shapes.oval(side * 1.2, 0.42, 0.26, 0.55));
          pen.fill(Pen.shade(colour, 0.6), Shapes.oval(side * 1.04, 0.02, 0.1, 0.1));
        }
      }
    }
  }

  /** The part on the forehead, as a fringe that any hat leaves visible. */
  static void paintFront(Face face, Pen pen) {
    pen.fill(face.hair().rgb, Objects.requireNonNull(FRINGES.get(face.pose())));
  }

  private static Map<Pose, Shape> fringes() {
    Map<Pose, Shape> fringes = new EnumMap<>(Pose.class);
    for (Pose pose : Pose.values()) {
      Shape brow = Shapes.oval(pose.shift, 0.5, 0.84, 0.88);
      fringes.put(pose, above(0.1, Shapes.without(Shapes.oval(0, -0.02, 0.84, 1.06), brow)));
    }
    return fringes;
  }

  private static Shape curls() {
    Shape[] curls = new Shape[13];
    for (int i = 0; i < curls.length; i++) {
      double angle = Math.toRadians(160 + i * (220.0 / 12));
      curls[i] = Shapes.oval(0.98 * Math.cos(angle), 0.05 + 0.98 * Math.sin(angle), 0.33, 0.33);
    }
    return Shapes.union(curls);
  }

  private static Shape spikes() {
    Shape[] spikes = new Shape[10];
    double half = Math.toRadians(13);
    for (int i = 0; i < 9; i++) {
      double angle = Math.toRadians(178 + i * (184.0 / 8));
      spikes[i] =
          Shapes.polygon(
              0.9 * Math.cos(angle - half),
              Math.sin(angle - half),
              1.42 * Math.cos(angle),
              1.5 * Math.sin(angle),
              0.9 * Math.cos(angle + half),
              Math.sin(angle + half));
    }
    spikes[9] = CROWN;
    return Shapes.union(spikes);
  }

  private static Shape above(double bottom, Shape shape) {
    return Shapes.overlap(shape, Shapes.box(-3, -3, 3, bottom));
  }
}
