package dev.facet.loader.header;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;

/** Whether a file reaches as far as its own structure says. Nothing is decoded. */
public final class PictureEnd {
  private static final int GIF_TRAILER = 0x3b;
  private static final int RIFF_HEAD = 8;

  private PictureEnd() {}

  /**
   * Whether the end is there; what is damaged is another thing.
   *
   * @return false where the bytes end before it, whatever they are
   */
  public static boolean isThere(EncodedImage image) {
    try {
      return switch (Headers.format(image)) {
        case JPEG -> JpegHeader.hasEnd(image);
        case PNG -> endsPng(image);
        case WEBP -> image.u32le(4) + RIFF_HEAD <= image.length();
        case GIF -> image.u8(image.length() - 1) == GIF_TRAILER;
        case BMP -> BmpLayout.read(image).isWhole(image.length());
        case TIFF -> TiffLayout.isWhole(image);
        case null -> false;
      };
    } catch (IndexOutOfBoundsException | BadSampleException e) {
      return false;
    }
  }

  private static boolean endsPng(EncodedImage image) {
    int at = 8;
    while (PngHeader.isChunk(image, at)) {
      at = PngHeader.after(image, at);
    }
    return image.u32(at + 4) == PngHeader.IEND;
  }
}
