package dev.facet.cli.config;

/** A colour, written {@code [red, green, blue]} in YAML, each from 0 to 255. */
public record Colour(int red, int green, int blue) {
  /** As {@code 0xRRGGBB}. */
  public int rgb() {
    return red << 16 | green << 8 | blue;
  }
}
