package dev.facet.augment.geometry;

/** Reads frames. */
public final class Frames {
  private Frames() {}

  /** Left, top, width and height of an upright frame. */
  public static double[] rectangle(Frame frame) {
    Quad quad = new Quad();
    frame.stored(Orientation.UPRIGHT, quad);
    return new double[] {quad.left(), quad.top(), quad.width(), quad.height()};
  }
}
