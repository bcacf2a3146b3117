package dev.facet.loader.header;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import org.jspecify.annotations.Nullable;

/** Tells a picture's format by its first bytes, whatever its name says, and reads its header. */
public final class Headers {
  private Headers() {}

  /**
   * Reads a header.
   *
   * @param into filled and returned
   * @throws BadSampleException UNSUPPORTED, naming the format if it is a known one; CORRUPT if the
   *     header ends too early or makes no sense; TOO_LARGE for a JPEG of absurdly many scans
   */
  public static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    ImageHeader header;
    try {
      header = parse(image, into);
    } catch (IndexOutOfBoundsException e) {
      throw corrupt("ends within its header, after " + image.length() + " bytes");
    }
    if (header.width() <= 0 || header.height() <= 0) {
      throw corrupt("header says " + header.width() + "x" + header.height() + " pixels");
    }
    return header;
  }

  /** As {@link #read(EncodedImage, ImageHeader)}, into a header of its own. */
  public static ImageHeader read(EncodedImage image) throws BadSampleException {
    return read(image, new ImageHeader());
  }

  /** A picture that is damaged in the way the message says. */
  public static BadSampleException corrupt(String message) {
    return new BadSampleException(Reason.CORRUPT, message);
  }

  private static ImageHeader parse(EncodedImage image, ImageHeader into) throws BadSampleException {
    if (image.length() == 0) {
      throw corrupt("empty: 0 bytes");
    }
    if (image.length() < 4) {
      throw corrupt("only " + image.length() + " bytes");
    }
    return switch (format(image)) {
      case JPEG -> JpegHeader.read(image, into);
      case PNG -> PngHeader.read(image, into);
      case WEBP -> WebpHeader.read(image, into);
      case GIF -> GifHeader.read(image, into);
      case BMP -> BmpHeader.read(image, into);
      case TIFF -> TiffHeader.read(image, into);
      case null -> throw unsupported(image);
    };
  }

  /** What the first bytes promise; null if it is none of the formats that can be read. */
  public static @Nullable ImageFormat format(EncodedImage image) {
    if (image.length() < 4) {
      return null;
    }
    int first = (int) image.u32(0);
    if (first >>> 16 == 0xffd8) {
      return ImageFormat.JPEG;
    }
    if (first == 0x89504e47) {
      return ImageFormat.PNG;
    }
    if (first == 0x52494646 && image.length() >= 12 && image.u32(8) == 0x57454250) {
      return ImageFormat.WEBP;
    }
    if (first == 0x47494638) {
      return ImageFormat.GIF;
    }
    if (first >>> 16 == 0x424d) {
      return ImageFormat.BMP;
    }
    return TiffDirectory.isAt(image, 0) ? ImageFormat.TIFF : null;
  }

  private static BadSampleException unsupported(EncodedImage image) {
    return new BadSampleException(
        Reason.UNSUPPORTED,
        ForeignFormat.name(image) + "; JPEG, PNG, WebP, GIF, BMP and TIFF can be read");
  }
}
