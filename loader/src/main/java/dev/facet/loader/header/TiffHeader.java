package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** The first picture of a TIFF file (TIFF 6.0 specification, section 8). */
final class TiffHeader {
  private static final int ORIENTATION = 274;
  private static final int ICC = 34675;

  private static final int MAX_FRAMES = 10_000;

  private TiffHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    TiffLayout layout = TiffLayout.read(image);
    TiffDirectory first = new TiffDirectory(image, 0);
    return into.set(
        ImageFormat.TIFF,
        layout.width(),
        layout.height(),
        layout.alpha() >= 0,
        orientation(first),
        frames(image),
        (int) Math.min(first.count(ICC), image.length()));
  }

  /**
   * A byte in its place is none: those who write one leave it behind when they turn the picture.
   */
  private static Orientation orientation(TiffDirectory first) {
    boolean known = first.count(ORIENTATION) > 0 && !first.isBytes(ORIENTATION);
    return Orientation.ofTag(known ? (int) Math.min(first.value(ORIENTATION, 1), 9) : 1);
  }

  /** Where the profile's bytes begin, whose length the header holds. */
  static int profile(EncodedImage image) {
    return new TiffDirectory(image, 0).bytes(ICC);
  }

  private static int frames(EncodedImage image) {
    TiffDirectory directory = new TiffDirectory(image, 0);
    int frames = 1;
    try {
      while (frames < MAX_FRAMES && directory.next()) {
        frames++;
      }
    } catch (IndexOutOfBoundsException e) {
      // Only the first picture is used.
      return frames;
    }
    return frames;
  }
}
