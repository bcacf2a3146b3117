package dev.facet.loader.header;

import dev.facet.base.GitLfs;
import dev.facet.loader.data.EncodedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names for what is met in picture data sets but cannot be decoded. */
public final class ForeignFormat {
  private static final int START = 64;

  /**
   * A format.
   *
   * @param key short, for programs
   * @param phrase with an article, for people
   */
  private record Kind(String key, String phrase) {}

  private static final Kind AVIF = new Kind("avif", "an AVIF file");
  private static final Kind HEIF = new Kind("heif", "a HEIF file");

  private ForeignFormat() {}

  /** What the bytes are, with an article: "an AVIF file". */
  static String name(EncodedImage image) {
    return kind(image).phrase();
  }

  /** What the bytes are, in a word: "avif", "html", "empty", or "unknown". */
  public static String key(EncodedImage image) {
    return image.length() == 0 ? "empty" : kind(image).key();
  }

  private static Kind kind(EncodedImage image) {
    byte[] start = new byte[Math.min(START, image.length())];
    MemorySegment.copy(
        image.memory(), ValueLayout.JAVA_BYTE, image.offset(), start, 0, start.length);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    }
    if (text.startsWith("\u00ff\n") || text.startsWith("JXL ", 4)) {
      return new Kind("jxl", "a JPEG XL file");
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return new Kind("jp2", "a JPEG 2000 file");
    }
    if (GitLfs.isPointer(start)) {
      return new Kind("git-lfs", "a pointer of Git LFS (run `git lfs pull` in its repository)");
    }
    if (text.startsWith("%PDF")) {
      return new Kind("pdf", "a PDF file");
    }
    if (text.startsWith("8BPS")) {
      return new Kind("psd", "a Photoshop file");
    }
    if (text.startsWith("PK\u0003\u0004")) {
      return new Kind("zip", "a ZIP archive");
    }
    if (text.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<")) {
      return new Kind("html", "an HTML or XML text");
    }
    String hex = HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(16, start.length));
    return new Kind("unknown", "no known picture format, begins with " + hex);
  }

  /** By the file's brand; the generic ones of HEIF serve AVIF too, which then is among the rest. */
  private static Kind isoMedia(String text) {
    String brand = text.substring(8, Math.min(12, text.length()));
    return switch (brand) {
      case "avif", "avis" -> AVIF;
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> HEIF;
      case "mif1", "msf1" -> text.contains("avif") ? AVIF : HEIF;
      default ->
          new Kind(
              "iso-media", "an ISO media file of brand '" + brand.replaceAll("[^ -~]", "?") + "'");
    };
  }
}
