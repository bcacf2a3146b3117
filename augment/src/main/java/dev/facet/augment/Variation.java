package dev.facet.augment;

/** How a picture came out, as far as its pixels do not show it. Used again for the next picture. */
public final class Variation {
  final float[] colour = new float[12];
  boolean mirrored;

  Variation() {}

  /** Whether it was mirrored, left for right. */
  public boolean mirrored() {
    return mirrored;
  }

  /**
   * The colour change that is still to be made: 12 floats, the 3 x 4 matrix, row by row, that takes
   * (r, g, b, 1), with r, g, b in 0..255, to normalised channels.
   */
  public float[] colour() {
    return colour;
  }
}
