package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The colour profile embedded in a picture (ICC.1:2022, annex B, says how formats embed it). */
public final class ColourProfile {
  /** Larger than any real one; a PNG's is compressed. */
  private static final int MAX_BYTES = 4 << 20;

  private ColourProfile() {}

  /** The profile's bytes, unpacked; null if there is none or it is damaged. */
  public static byte @Nullable [] bytes(EncodedImage image, ImageHeader header) {
    int length = header.iccBytes();
    if (length == 0 || length > MAX_BYTES) {
      return null;
    }
    try {
      return switch (header.format()) {
        case JPEG -> JpegHeader.profile(image, length);
        case PNG -> png(image, length);
        case WEBP -> copy(image, WebpHeader.profile(image), length);
        case TIFF -> copy(image, TiffHeader.profile(image), length);
        case GIF, BMP -> null;
      };
    } catch (IOException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static byte[] copy(EncodedImage image, int from, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(
        image.memory().asSlice(image.offset(), image.length()),
        ValueLayout.JAVA_BYTE,
        from,
        bytes,
        0,
        length);
    return bytes;
  }

  /** A name that ends with 0, the method, a zlib stream. */
  private static byte[] png(EncodedImage image, int length) throws IOException {
    byte[] chunk = copy(image, PngHeader.profile(image) + 8, length);
    int at = 0;
    while (chunk[at] != 0) {
      at++;
    }
    try (InputStream packed =
        new InflaterInputStream(new ByteArrayInputStream(chunk, at + 2, length - at - 2))) {
      return packed.readNBytes(MAX_BYTES);
    }
  }
}
