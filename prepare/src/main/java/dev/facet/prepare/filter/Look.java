package dev.facet.prepare.filter;

/**
 * What can be measured in a small picture.
 *
 * @param colour mean difference of the largest and the smallest of red, green and blue, 0 to 255
 * @param sharpness variance of the Laplacian of the luma
 */
record Look(double colour, double sharpness) {
  /** Of pictures without colour, JPEG's rounding leaves about 1. */
  private static final double GREY = 3;

  boolean isGrey() {
    return colour < GREY;
  }

  /**
   * Measures a picture. The Laplacian is that of the four neighbours; its variance as a measure of
   * focus is by Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy: a comparative
   * study", ICPR 2000, and equals OpenCV's {@code Laplacian(luma, CV_64F).var()} but for the outer
   * rows and columns, which are left out.
   *
   * @param rgb red, green, blue of each pixel, row by row
   */
  static Look of(byte[] rgb, int width, int height) {
    double[] luma = new double[width * height];
    long difference = 0;
    for (int i = 0; i < luma.length; i++) {
      int red = rgb[3 * i] & 0xff;
      int green = rgb[3 * i + 1] & 0xff;
      int blue = rgb[3 * i + 2] & 0xff;
      luma[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
      difference += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
    }
    return new Look((double) difference / luma.length, sharpness(luma, width, height));
  }

  private static double sharpness(double[] luma, int width, int height) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int y = 1; y + 1 < height; y++) {
      for (int x = 1; x + 1 < width; x++) {
        int i = y * width + x;
        double edge = luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - 4 * luma[i];
        sum += edge;
        squares += edge * edge;
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    return count == 0 ? 0 : squares / count - mean * mean;
  }
}
