package dev.facet.loader.decode;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;

/** The first picture of a TIFF file (TIFF 6.0 specification, section 8). */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int EXTRA_SAMPLES = 338;
  private static final int ICC = 34675;

  private static final int MAX_FRAMES = 10_000;

  private TiffHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    TiffDirectory first = new TiffDirectory(image, 0);
    long width = first.value(WIDTH, 0);
    long height = first.value(HEIGHT, 0);
    long samples = first.value(SAMPLES, 1);
    long bits = first.largest(BITS, 1);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw Headers.corrupt("TIFF header says " + width + "x" + height + " pixels");
    }
    if (samples > 5 || bits > 16) {
      throw new BadSampleException(
          Reason.UNSUPPORTED,
          "a TIFF file of %d channels and up to %d bits; 5 and 16 can be read"
              .formatted(samples, bits));
    }
    // The reader makes room for whole tiles, whatever the picture's own size.
    if (first.value(TILE_WIDTH, 0) > width + 1024 || first.value(TILE_HEIGHT, 0) > height + 1024) {
      throw Headers.corrupt("TIFF of tiles far larger than the picture");
    }
    return into.set(
        ImageFormat.TIFF,
        (int) width,
        (int) height,
        first.count(EXTRA_SAMPLES) > 0,
        Orientation.ofTag((int) Math.min(first.value(ORIENTATION, 1), 9)),
        frames(image),
        (int) Math.min(first.count(ICC), image.length()));
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
