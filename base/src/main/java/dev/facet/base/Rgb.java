package dev.facet.base;

/** A colour, written {@code [red, green, blue]} in YAML, each from 0 to 255. */
public record Rgb(int red, int green, int blue) {
  /** From {@code 0xRRGGBB}. */
  public static Rgb of(int rgb) {
    return new Rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  /** As {@code 0xRRGGBB}. */
  public int packed() {
    return red << 16 | green << 8 | blue;
  }
}
