package dev.facet.loader.decode;

import dev.facet.loader.data.EncodedImage;

/**
 * Entries of a TIFF directory: a TIFF file's own, or the index of a JPEG of several pictures (TIFF
 * 6.0 specification, section 2). Numbers are read where they are asked for; what lies outside of
 * the picture throws {@link IndexOutOfBoundsException}.
 */
final class TiffDirectory {
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final EncodedImage image;
  private final int base;
  private final boolean little;
  private int at;

  /** The first directory of the structure that begins at {@code base}. */
  TiffDirectory(EncodedImage image, int base) {
    this.image = image;
    this.base = base;
    this.little = image.u16(base) == 0x4949;
    this.at = place(u32(base + 4));
  }

  /** Whether there is such a structure: a byte order and the number 42 in it. */
  static boolean isAt(EncodedImage image, int base) {
    return image.u32(base) == 0x49492a00L || image.u32(base) == 0x4d4d002aL;
  }

  /** Goes on to the next directory; false if this was the last one. */
  boolean next() {
    long offset = u32(at + 2 + ENTRY * entries());
    // Going forward only, a directory that points back at itself ends the list.
    if (offset == 0 || place(offset) <= at) {
      return false;
    }
    at = place(offset);
    return true;
  }

  /** The (first) value of an entry of whole numbers; {@code otherwise} if there is none. */
  long value(int tag, long otherwise) {
    int entry = find(tag);
    return entry < 0 || count(tag) == 0 ? otherwise : value(entry, tag, 0);
  }

  /** The largest value of an entry of whole numbers; {@code otherwise} if there is none. */
  long largest(int tag, long otherwise) {
    int entry = find(tag);
    long count = Math.min(count(tag), 16);
    long largest = count == 0 ? otherwise : 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, value(entry, tag, i));
    }
    return largest;
  }

  /** How many values an entry has; 0 if there is none. */
  long count(int tag) {
    int entry = find(tag);
    return entry < 0 ? 0 : u32(entry + 4);
  }

  /** Where in the picture the bytes of an entry of more than four bytes begin. */
  int bytes(int tag) {
    return place(u32(find(tag) + 8));
  }

  private long value(int entry, int tag, int i) {
    int type = u16(entry + 2);
    if (type != SHORT && type != LONG) {
      return image.u8(entry + 8);
    }
    int size = type == SHORT ? 2 : 4;
    int from = count(tag) * size <= 4 ? entry + 8 : bytes(tag);
    return type == SHORT ? u16(from + 2 * i) : u32(from + 4 * i);
  }

  /** The place of an entry; -1 if there is none. */
  private int find(int tag) {
    int entries = entries();
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + ENTRY * i;
      if (u16(entry) == tag) {
        return entry;
      }
    }
    return -1;
  }

  private int entries() {
    return u16(at);
  }

  private int place(long offset) {
    if (offset > image.length() - base) {
      throw new IndexOutOfBoundsException("offset " + offset);
    }
    return base + (int) offset;
  }

  private int u16(int from) {
    return little ? image.u16le(from) : image.u16(from);
  }

  private long u32(int from) {
    return little ? image.u32le(from) : image.u32(from);
  }
}
