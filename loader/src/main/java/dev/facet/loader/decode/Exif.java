package dev.facet.loader.decode;

import dev.facet.augment.Orientation;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;

/** The orientation tag of an Exif block. Damaged metadata does not spoil a picture. */
final class Exif {
  private static final int PREFIX = 6;

  private Exif() {}

  /** Whether the bytes at an offset are {@code Exif\0\0}. */
  static boolean hasPrefix(ByteBuffer bytes, int offset) {
    return bytes.limit() - offset >= PREFIX
        && bytes.getInt(offset) == 0x45786966
        && bytes.getShort(offset + 4) == 0;
  }

  /**
   * Reads the tag; upright where there is none.
   *
   * @param offset of the block, with or without its {@code Exif\0\0}
   */
  static Orientation orientation(ByteBuffer bytes, int offset, int length) {
    int skip = hasPrefix(bytes, offset) ? PREFIX : 0;
    int available = Math.min(length, bytes.limit() - offset) - skip;
    if (available <= 0) {
      return Orientation.UPRIGHT;
    }
    byte[] tiff = new byte[available];
    bytes.get(offset + skip, tiff);
    try {
      if (new TiffImageParser().getMetadata(tiff) instanceof TiffImageMetadata metadata) {
        TiffField field = metadata.findField(TiffTagConstants.TIFF_TAG_ORIENTATION);
        return field == null ? Orientation.UPRIGHT : Orientation.ofTag(field.getIntValue());
      }
      return Orientation.UPRIGHT;
    } catch (IOException | RuntimeException e) {
      // The parser meets damaged blocks with exceptions of every kind.
      return Orientation.UPRIGHT;
    }
  }
}
