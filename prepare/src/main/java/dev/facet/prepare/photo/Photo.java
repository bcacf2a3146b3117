package dev.facet.prepare.photo;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.EncodedImage;

/**
 * A picture that was decoded without loss. Its pixels are the reader's, valid until it reads the
 * next one.
 *
 * @param encoded the bytes it was read from
 * @param sha256 of these bytes, 64 lower-case hex digits
 * @param hash what the picture looks like
 * @param pixels all of the picture as stored, sRGB, shrunk by the factor that was asked for
 */
public record Photo(
    PhotoHeader header, EncodedImage encoded, String sha256, PerceptualHash hash, Pixels pixels)
    implements PhotoReading {

  /** The first 64 bits of the digest. */
  public long digest() {
    return Long.parseUnsignedLong(sha256, 0, 16, 16);
  }
}
