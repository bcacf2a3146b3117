package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** GIF's screen and its frames. */
final class GifHeader {
  private GifHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    GifLayout gif = GifLayout.read(image);
    if (gif.frameWidth() == 0 || gif.frameHeight() == 0) {
      throw Headers.corrupt(
          "GIF of a first frame of " + gif.frameWidth() + "x" + gif.frameHeight() + " pixels");
    }
    return into.set(
        ImageFormat.GIF,
        gif.width(),
        gif.height(),
        gif.transparent() >= 0,
        Orientation.UPRIGHT,
        gif.frames(image),
        0);
  }
}
