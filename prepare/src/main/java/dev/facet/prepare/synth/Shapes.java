package dev.facet.prepare.synth;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Outlines of things, in the units of {@link Pen}. Combining shapes is slow: keep the result where
 * it does not depend on the face. Nothing changes a shape once it is made, so threads may share it.
 */
final class Shapes {
  private Shapes() {}

  static Shape oval(double x, double y, double halfWidth, double halfHeight) {
    return new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }

  static Shape box(double left, double top, double right, double bottom) {
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  /** A closed polygon: x, y, x, y ... */
  static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** An open curve from one point to another, pulled towards a third. */
  static Shape curve(double x1, double y1, double pullX, double pullY, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.quadTo(pullX, pullY, x2, y2);
    return path;
  }

  /** What lies in any of the shapes. */
  static Shape union(Shape... shapes) {
    Area area = new Area();
    for (Shape shape : shapes) {
      area.add(new Area(shape));
    }
    return new Path2D.Double(area);
  }

  /** What lies in both shapes. */
  static Shape overlap(Shape one, Shape other) {
    Area area = new Area(one);
    area.intersect(new Area(other));
    return new Path2D.Double(area);
  }

  /** What lies in the first shape only. */
  static Shape without(Shape one, Shape other) {
    Area area = new Area(one);
    area.subtract(new Area(other));
    return new Path2D.Double(area);
  }
}
