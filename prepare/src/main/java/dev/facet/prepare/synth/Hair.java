package dev.facet.prepare.synth;

import java.awt.Shape;
import java.awt.geom.Area;

/** Hair behind the head and on the forehead; enough of it shows below any hat. */
final class Hair {
  private Hair() {}

  static void paintBehind(Face face, Pen pen) {
    int colour = face.hair().rgb;
    switch (face.style()) {
      case SHORT -> pen.fill(colour, upper(Pen.oval(0, -0.05, 0.97, 1.1), 0.25));
      case LONG -> {
        Area mane = new Area(Pen.oval(0, -0.05, 1.12, 1.15));
        mane.add(new Area(Pen.box(-1.12, 0, 1.12, 1.5)));
        pen.fill(colour, mane);
      }
      case CURLY -> pen.fill(colour, curls());
      case SPIKY -> pen.fill(colour, spikes());
      case PIGTAILS -> {
        pen.fill(colour, upper(Pen.oval(0, -0.05, 0.95, 1.1), 0.25));
        for (int side = -1; side <= 1; side += 2) {
          pen.fill(colour, Pen.oval(side * 1.2, 0.42, 0.26, 0.55));
          pen.fill(Tint.RED.rgb, Pen.oval(side * 1.04, 0.02, 0.1, 0.1));
        }
      }
    }
  }

  /** The part on the forehead, as a fringe that any hat leaves visible. */
  static void paintFront(Face face, Pen pen) {
    Area fringe = new Area(Pen.oval(0, -0.02, 0.84, 1.06));
    fringe.subtract(new Area(Pen.oval(face.pose().shift, 0.42, 0.92, 0.9)));
    fringe.intersect(new Area(Pen.box(-2, -2, 2, 0.1)));
    pen.fill(face.hair().rgb, fringe);
  }

  private static Shape curls() {
    Area curls = new Area();
    for (int i = 0; i < 13; i++) {
      double angle = Math.toRadians(160 + i * (220.0 / 12));
      curls.add(
          new Area(Pen.oval(0.98 * Math.cos(angle), 0.05 + 0.98 * Math.sin(angle), 0.33, 0.33)));
    }
    return curls;
  }

  private static Shape spikes() {
    Area spikes = new Area(upper(Pen.oval(0, -0.05, 0.95, 1.08), 0.25));
    for (int i = 0; i < 9; i++) {
      double angle = Math.toRadians(178 + i * (184.0 / 8));
      double wide = Math.toRadians(13);
      spikes.add(
          new Area(
              Pen.polygon(
                  0.9 * Math.cos(angle - wide),
                  Math.sin(angle - wide),
                  1.42 * Math.cos(angle),
                  1.5 * Math.sin(angle),
                  0.9 * Math.cos(angle + wide),
                  Math.sin(angle + wide))));
    }
    return spikes;
  }

  private static Shape upper(Shape shape, double bottom) {
    Area area = new Area(shape);
    area.intersect(new Area(Pen.box(-3, -3, 3, bottom)));
    return area;
  }
}
