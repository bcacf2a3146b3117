package dev.facet.loader.decode;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Tells a picture's format by its first bytes, whatever its name says, and reads its header. */
final class Headers {
  private Headers() {}

  /**
   * Reads a header.
   *
   * @param image encoded bytes from position to limit, left as they are
   * @throws BadSampleException UNSUPPORTED, naming the format if it is a known one; CORRUPT if the
   *     header ends too early or makes no sense
   */
  static ImageHeader read(ByteBuffer image) throws BadSampleException {
    ByteBuffer bytes = image.slice(); // big-endian, from 0
    ImageHeader header;
    try {
      header = parse(bytes);
    } catch (IndexOutOfBoundsException e) {
      throw corrupt("ends within its header, after " + bytes.limit() + " bytes");
    }
    if (header.width() <= 0 || header.height() <= 0) {
      throw corrupt("header says " + header.width() + "x" + header.height() + " pixels");
    }
    return header;
  }

  static BadSampleException corrupt(String message) {
    return new BadSampleException(Reason.CORRUPT, message);
  }

  private static ImageHeader parse(ByteBuffer bytes) throws BadSampleException {
    if (bytes.limit() == 0) {
      throw corrupt("empty: 0 bytes");
    }
    if (bytes.limit() < 4) {
      throw corrupt("only " + bytes.limit() + " bytes");
    }
    int first = bytes.getInt(0);
    if (first >>> 16 == 0xffd8) {
      return JpegHeader.read(bytes);
    }
    if (first == 0x89504e47) {
      return PngHeader.read(bytes);
    }
    if (first == 0x52494646 && bytes.limit() >= 12 && bytes.getInt(8) == 0x57454250) {
      return WebpHeader.read(bytes);
    }
    if (first >>> 8 == 0x474946) {
      return GifHeader.read(bytes);
    }
    if (first >>> 16 == 0x424d) {
      return BmpHeader.read(bytes);
    }
    throw new BadSampleException(
        Reason.UNSUPPORTED, name(bytes) + "; JPEG, PNG, WebP, GIF and BMP can be read");
  }

  private static String name(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(16, bytes.limit())];
    bytes.get(0, start);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", 4)) {
      String brand = text.substring(8, Math.min(12, text.length()));
      return switch (brand) {
        case "avif", "avis" -> "an AVIF file";
        case "heic", "heix", "mif1", "msf1" -> "a HEIF file";
        default -> "an ISO media file of brand '" + brand.replaceAll("[^ -~]", "?") + "'";
      };
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "a TIFF file";
    }
    if (text.startsWith("\u00ff\n") || text.startsWith("JXL ", 4)) {
      return "a JPEG XL file";
    }
    if (text.startsWith("\0\0\0\fjP  ")) {
      return "a JPEG 2000 file";
    }
    if (text.startsWith("%PDF")) {
      return "a PDF file";
    }
    if (text.stripLeading().startsWith("<")) {
      return "an HTML or XML text";
    }
    return "no known picture format, begins with " + HexFormat.ofDelimiter(" ").formatHex(start);
  }
}
