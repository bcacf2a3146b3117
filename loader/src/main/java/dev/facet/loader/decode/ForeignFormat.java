package dev.facet.loader.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names for what is met in picture data sets but cannot be decoded. */
final class ForeignFormat {
  private static final int START = 64;

  private ForeignFormat() {}

  /** What the bytes are, with an article: "an AVIF file". */
  static String name(EncodedImage image) {
    byte[] start = new byte[Math.min(START, image.length())];
    MemorySegment.copy(
        image.memory(), ValueLayout.JAVA_BYTE, image.offset(), start, 0, start.length);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    }
    if (text.startsWith("\u00ff\n") || text.startsWith("JXL ", 4)) {
      return "a JPEG XL file";
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return "a JPEG 2000 file";
    }
    if (text.startsWith("%PDF")) {
      return "a PDF file";
    }
    if (text.startsWith("8BPS")) {
      return "a Photoshop file";
    }
    if (text.startsWith("PK\u0003\u0004")) {
      return "a ZIP archive";
    }
    if (text.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<")) {
      return "an HTML or XML text";
    }
    String hex = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(16, start.length));
    return "no known picture format, begins with " + hex;
  }

  /** By the file's brand; the generic ones of HEIF serve AVIF too, which then is among the rest. */
  private static String isoMedia(String text) {
    String brand = text.substring(8, Math.min(12, text.length()));
    return switch (brand) {
      case "avif", "avis" -> "an AVIF file";
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "a HEIF file";
      case "mif1", "msf1" -> text.contains("avif") ? "an AVIF file" : "a HEIF file";
      default -> "an ISO media file of brand '" + brand.replaceAll("[^ -~]", "?") + "'";
    };
  }
}
