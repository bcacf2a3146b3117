package dev.facet.augment.geometry;

/**
 * A rectangle in pixels of the displayed (upright) picture: left, top, right and bottom edges,
 * right and bottom exclusive. It may reach outside the picture; whoever crops cuts it.
 */
public record Box(double x1, double y1, double x2, double y2) {
  public double width() {
    return x2 - x1;
  }

  public double height() {
    return y2 - y1;
  }
}
