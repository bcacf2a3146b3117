package dev.facet.augment;

import org.jspecify.annotations.Nullable;

/** A rectangle that lies within a picture, in pixels of the displayed (upright) picture. */
record Region(double x, double y, double width, double height) {

  static Region whole(int width, int height) {
    return new Region(0, 0, width, height);
  }

  /**
   * The square around a face: centred on the box, its side the longer side of the box plus {@code
   * margin} of that on either end, cut to the picture.
   *
   * @return null if the box is inverted, empty, not finite or outside the picture
   */
  static @Nullable Region around(Box box, double margin, int width, int height) {
    // Written so that NaN fails too.
    boolean usable =
        box.x2() > box.x1()
            && box.y2() > box.y1()
            && Double.isFinite(box.width())
            && Double.isFinite(box.height())
            && box.x1() < width
            && box.y1() < height
            && box.x2() > 0
            && box.y2() > 0;
    if (!usable) {
      return null;
    }
    double half = Math.max(box.width(), box.height()) * (0.5 + margin);
    double centreX = (box.x1() + box.x2()) / 2;
    double centreY = (box.y1() + box.y2()) / 2;
    double left = Math.max(0, centreX - half);
    double top = Math.max(0, centreY - half);
    double right = Math.min(width, centreX + half);
    double bottom = Math.min(height, centreY + half);
    // A sliver of a box at the very edge still yields a pixel.
    left = Math.min(left, width - 1);
    top = Math.min(top, height - 1);
    return new Region(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  /**
   * Random resized crop: an area drawn uniformly from the scale range, a ratio drawn uniformly in
   * its logarithm, a place drawn uniformly; after ten misses the largest centred rectangle whose
   * ratio is allowed. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, section 6, in
   * the form of torchvision's {@code RandomResizedCrop}.
   */
  Region randomCrop(AugmentSettings settings, SampleRandom random) {
    double logMin = Math.log(settings.ratioMin());
    double logMax = Math.log(settings.ratioMax());
    for (int attempt = 0; attempt < 10; attempt++) {
      double area =
          width * height * random.nextDouble(settings.cropScaleMin(), settings.cropScaleMax());
      double ratio = Math.exp(random.nextDouble(logMin, logMax));
      double w = Math.sqrt(area * ratio);
      double h = Math.sqrt(area / ratio);
      if (w <= width && h <= height && w >= 1 && h >= 1) {
        double left = x + random.nextDouble(0, width - w);
        return new Region(left, y + random.nextDouble(0, height - h), w, h);
      }
    }
    double ratio = Math.clamp(width / height, settings.ratioMin(), settings.ratioMax());
    double w = Math.min(width, height * ratio);
    double h = Math.min(height, width / ratio);
    return new Region(x + (width - w) / 2, y + (height - h) / 2, w, h);
  }
}
