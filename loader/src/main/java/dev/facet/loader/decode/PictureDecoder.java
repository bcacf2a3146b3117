package dev.facet.loader.decode;

import dev.facet.augment.OpenCv;
import dev.facet.augment.Pixels;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import java.nio.ByteBuffer;

/**
 * Reads pictures: first the header, then, once the caller knows which part it wants, the pixels.
 * One per thread.
 */
public final class PictureDecoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** Longer side by shorter side above which a picture shows nothing that could be learnt from. */
  private static final int MAX_RATIO = 200;

  private final DecodeSettings settings;
  private final Decoder fast = new OpenCvDecoder();
  private final Decoder thorough = new ImageIoDecoder();

  /** Takes native memory. */
  public PictureDecoder(DecodeSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads a picture's header; no pixel memory is taken.
   *
   * @param image encoded bytes from position to limit, left as they are
   * @throws BadSampleException UNSUPPORTED, CORRUPT or TOO_LARGE
   */
  public ImageHeader inspect(EncodedImage image) throws BadSampleException {
    ImageHeader header = Headers.read(image.asByteBuffer());
    if (header.pixels() > settings.maxPixels()) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          "%dx%d pixels, more than the limit of %d"
              .formatted(header.width(), header.height(), settings.maxPixels()));
    }
    long shorter = Math.min(header.width(), header.height());
    if (Math.max(header.width(), header.height()) > MAX_RATIO * shorter) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          "%dx%d pixels: one side is more than %d times the other"
              .formatted(header.width(), header.height(), MAX_RATIO));
    }
    return header;
  }

  /**
   * Decodes a picture as stored, not turned upright, transparent parts on black.
   *
   * @param reduction 1, 2, 4 or 8: JPEGs are shrunk by this factor while they are decoded
   * @return RGB pixels, valid until the next call
   * @throws BadSampleException CORRUPT
   */
  public Pixels decode(EncodedImage encoded, ImageHeader header, int reduction)
      throws BadSampleException {
    ByteBuffer image = encoded.asByteBuffer();
    if (header.format() == ImageFormat.JPEG && !JpegHeader.hasEnd(image)) {
      throw Headers.corrupt("JPEG is cut off: no end marker in " + image.remaining() + " bytes");
    }
    Pixels pixels = fast.decode(image, header, reduction);
    if (pixels == null) {
      pixels = thorough.decode(image, header, reduction);
    }
    if (pixels == null) {
      throw Headers.corrupt(
          "%s of %d bytes: the data after its header is damaged or cut off"
              .formatted(header.format(), image.remaining()));
    }
    return pixels;
  }

  @Override
  public void close() {
    fast.close();
    thorough.close();
  }
}
