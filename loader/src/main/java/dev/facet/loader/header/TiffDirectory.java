package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;

/**
 * Entries of a TIFF directory: a TIFF file's own, or the index of a JPEG of several pictures (TIFF
 * 6.0 specification, section 2), with offsets of 4 bytes, or of 8 as BigTIFF has them. Numbers are
 * read where they are asked for; what lies outside of the picture throws {@link
 * IndexOutOfBoundsException}.
 */
final class TiffDirectory {
  private static final int BIG = 43;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int LONG8 = 16;

  private final EncodedImage image;
  private final int base;
  private final boolean little;
  private final boolean big;
  private int at;

  /** The first directory of the structure that begins at {@code base}. */
  TiffDirectory(EncodedImage image, int base) {
    this.image = image;
    this.base = base;
    this.little = image.u16(base) == 0x4949;
    this.big = u16(base + 2) == BIG;
    this.at = place(offset(base + (big ? 8 : 4)));
  }

  /**
   * Whether there is such a structure: a byte order and, in it, the number 42, or 43 for BigTIFF.
   */
  static boolean isAt(EncodedImage image, int base) {
    long first = image.u32(base);
    return first == 0x49492a00L
        || first == 0x4d4d002aL
        || first == 0x49492b00L
        || first == 0x4d4d002bL;
  }

  /** Whether offsets have 8 bytes. */
  boolean isBig() {
    return big;
  }

  /** Whether the file has all entries; that no other directory follows some do not say. */
  boolean isWhole() {
    return entry(entries()) <= image.length();
  }

  /** Goes on to the next directory; false if this was the last one. */
  boolean next() {
    long offset = offset(entry(entries()));
    // Going forward only, a directory that points back at itself ends the list.
    if (offset == 0 || place(offset) <= at) {
      return false;
    }
    at = place(offset);
    return true;
  }

  /** The (first) value of an entry of whole numbers; {@code otherwise} if there is none. */
  long value(int tag, long otherwise) {
    return count(tag) == 0 ? otherwise : valueAt(tag, 0);
  }

  /** Value {@code i} of an entry that has it; of a fraction, what is before the point. */
  long valueAt(int tag, int i) {
    int entry = find(tag);
    int type = u16(entry + 2);
    int size = size(type);
    int from = count(tag) * size <= (big ? 8 : 4) ? entry + (big ? 12 : 8) : bytes(tag);
    return switch (type) {
      case SHORT -> u16(from + 2 * i);
      case LONG -> u32(from + 4 * i);
      case RATIONAL -> u32(from + 8 * i) / Math.max(1, u32(from + 8 * i + 4));
      case LONG8 -> u64(from + 8 * i);
      default -> image.u8(from + i);
    };
  }

  /** The largest value of an entry of whole numbers; {@code otherwise} if there is none. */
  long largest(int tag, long otherwise) {
    long count = Math.min(count(tag), 16);
    long largest = count == 0 ? otherwise : 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, valueAt(tag, i));
    }
    return largest;
  }

  /** Whether values, of which the first 16 are looked at, differ. */
  boolean differ(int tag) {
    for (int i = 1; i < Math.min(count(tag), 16); i++) {
      if (valueAt(tag, i) != valueAt(tag, 0)) {
        return true;
      }
    }
    return false;
  }

  /** How many values an entry has; 0 if there is none. */
  long count(int tag) {
    int entry = find(tag);
    return entry < 0 ? 0 : offset(entry + 4);
  }

  /** Whether an entry, which must be there, holds single bytes or texts. */
  boolean isBytes(int tag) {
    return size(u16(find(tag) + 2)) == 1;
  }

  /** Where in the picture the bytes of an entry that is too large for its directory begin. */
  int bytes(int tag) {
    return place(offset(find(tag) + (big ? 12 : 8)));
  }

  private static int size(int type) {
    return switch (type) {
      case SHORT -> 2;
      case LONG -> 4;
      case RATIONAL, LONG8 -> 8;
      default -> 1;
    };
  }

  /** The place of an entry; -1 if there is none. */
  private int find(int tag) {
    int entries = entries();
    for (int i = 0; i < entries; i++) {
      if (u16(entry(i)) == tag) {
        return entry(i);
      }
    }
    return -1;
  }

  private int entry(int i) {
    return big ? at + 8 + 20 * i : at + 2 + 12 * i;
  }

  /** No more than there is room for. */
  private int entries() {
    return big ? (int) Math.min(u64(at), image.length() / 20) : u16(at);
  }

  private int place(long offset) {
    if (offset < 0 || offset > image.length() - base) {
      throw new IndexOutOfBoundsException("offset " + offset);
    }
    return base + (int) offset;
  }

  /** An offset, or a number of values. */
  private long offset(int from) {
    return big ? u64(from) : u32(from);
  }

  private int u16(int from) {
    return little ? image.u16le(from) : image.u16(from);
  }

  private long u32(int from) {
    return little ? image.u32le(from) : image.u32(from);
  }

  private long u64(int from) {
    return little ? u32(from) | u32(from + 4) << 32 : u32(from) << 32 | u32(from + 4);
  }
}
