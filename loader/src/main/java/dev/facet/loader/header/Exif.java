package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.EncodedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;

/** The orientation tag of an Exif block. Damaged metadata does not spoil a picture. */
final class Exif {
  private static final int PREFIX = 6;
  private static final int ORIENTATION = 0x0112;
  private static final int SWAPPED = 0x1201;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** What fits into a JPEG segment; the directory with the tag comes first. */
  private static final int MAX_BLOCK = 1 << 16;

  private Exif() {}

  /** Whether the bytes at an offset are {@code Exif\0\0}. */
  static boolean hasPrefix(EncodedImage image, int offset) {
    return image.length() - offset >= PREFIX
        && image.u32(offset) == 0x45786966
        && image.u16(offset + 4) == 0;
  }

  /**
   * Reads the tag.
   *
   * @param offset of the block, with or without its {@code Exif\0\0}
   * @return 1 to 8; 0 where there is none
   */
  static int orientation(EncodedImage image, int offset, int length) {
    int skip = hasPrefix(image, offset) ? PREFIX : 0;
    int start = offset + skip;
    int available = Math.min(Math.min(length, image.length() - offset) - skip, MAX_BLOCK);
    int seen = scan(image, start, available);
    if (seen <= 1) {
      return seen;
    }
    byte[] tiff = new byte[available];
    MemorySegment.copy(
        image.memory(), ValueLayout.JAVA_BYTE, image.offset() + start, tiff, 0, available);
    return parse(tiff);
  }

  /** Reads the tag of a block without a prefix, with the same result. */
  static int orientation(byte[] tiff) {
    return orientation(EncodedImage.of(tiff), 0, tiff.length);
  }

  /**
   * Nearly every block says nothing or "upright", and parsing one costs more memory than a small
   * picture: so first look for twelve bytes that could be the tag's entry, wherever they lie.
   *
   * @return 0 if there is no such entry, 1 if all say upright, else something larger
   */
  private static int scan(EncodedImage image, int start, int length) {
    int seen = 0;
    for (int at = start; at + 12 <= start + length; at++) {
      int tag = image.u16(at);
      int value = 0;
      if (tag == ORIENTATION) {
        value = value(image.u16(at + 2), image.u16(at + 8), image.u32(at + 8));
      } else if (tag == SWAPPED) {
        value = value(image.u16le(at + 2), image.u16le(at + 8), image.u32le(at + 8));
      }
      seen = Math.max(seen, Math.min(value, 2));
    }
    return seen;
  }

  /** A short number by the standard, a long one from some programs; others are no orientation. */
  private static int value(int type, int inShort, long inLong) {
    return switch (type) {
      case SHORT -> inShort;
      case LONG -> (int) Math.min(inLong, Integer.MAX_VALUE);
      default -> 0;
    };
  }

  private static int parse(byte[] tiff) {
    try {
      if (new TiffImageParser().getMetadata(tiff) instanceof TiffImageMetadata metadata) {
        TiffField field = metadata.findField(TiffTagConstants.TIFF_TAG_ORIENTATION);
        if (field != null) {
          int value = field.getIntValue();
          return Orientation.ofTag(value) == Orientation.UPRIGHT ? 1 : value;
        }
      }
      return 0;
    } catch (IOException | RuntimeException e) {
      // The parser meets damaged blocks with exceptions of every kind.
      return 0;
    }
  }
}
