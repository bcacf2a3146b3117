package dev.facet.augment.resample;

/**
 * A picture whose shorter side becomes a size, the other one in proportion, the fraction cut off,
 * and the square that is cut out of its middle.
 *
 * @param width of the resized picture
 * @param height of the resized picture
 * @param left column at which the square begins
 * @param top row at which the square begins
 */
record CentreSquare(int width, int height, int left, int top) {
  public static CentreSquare of(int width, int height, int size, CropRounding rounding) {
    int shorter = Math.min(width, height);
    int resizedWidth = Math.toIntExact((long) size * width / shorter);
    int resizedHeight = Math.toIntExact((long) size * height / shorter);
    return new CentreSquare(
        resizedWidth,
        resizedHeight,
        rounding.half(resizedWidth - size),
        rounding.half(resizedHeight - size));
  }
}
