package dev.facet.loader.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes TIFF files entry by entry, of either byte order, with offsets of 4 or of 8 bytes. */
final class TiffFile {
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int ORIENTATION = 274;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int COLOUR_MAP = 320;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int GROUP3_OPTIONS = 292;
  static final int SUBSAMPLING = 530;
  static final int REFERENCE_BLACK_WHITE = 532;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int LONG8 = 16;
  private static final int ROWS = 278;

  private record Entry(int type, long[] values) {}

  private final boolean little;
  private final boolean big;
  private final SortedMap<Integer, Entry> entries = new TreeMap<>();
  private final List<byte[]> strips = new ArrayList<>();
  private int starts = 273;
  private boolean counted = true;

  TiffFile(boolean little, boolean big, int width, int height) {
    this.little = little;
    this.big = big;
    longs(256, width).longs(257, height).shorts(COMPRESSION, 1);
  }

  /** Little-endian, offsets of 4 bytes: samples of so many bits each, all rows in one strip. */
  static TiffFile of(int width, int height, int photometric, int... bits) {
    return new TiffFile(true, false, width, height)
        .shorts(PHOTOMETRIC, photometric)
        .shorts(258, bits)
        .shorts(277, bits.length);
  }

  TiffFile shorts(int tag, int... values) {
    return put(tag, SHORT, values);
  }

  TiffFile longs(int tag, int... values) {
    return put(tag, LONG, values);
  }

  TiffFile fractions(int tag, int... values) {
    return put(tag, RATIONAL, values);
  }

  private TiffFile put(int tag, int type, int... values) {
    long[] all = new long[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    entries.put(tag, new Entry(type, all));
    return this;
  }

  TiffFile rowsOfStrip(int rows) {
    return longs(ROWS, rows);
  }

  TiffFile tiles(int width, int height) {
    starts = 324;
    return longs(322, width).longs(323, height);
  }

  /** Leaves out how many bytes strips have. */
  TiffFile uncounted() {
    counted = false;
    return this;
  }

  TiffFile strip(byte... bytes) {
    strips.add(bytes);
    return this;
  }

  TiffFile strip(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return strip(all);
  }

  /** Samples of 16 bits, in the file's byte order. */
  TiffFile wideStrip(int... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(order());
    for (int sample : samples) {
      bytes.putShort((short) sample);
    }
    return strip(bytes.array());
  }

  private ByteOrder order() {
    return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** The pixels stand last, so that a file that is cut off lacks some. */
  byte[] bytes() {
    int number = big ? LONG8 : LONG;
    int counts = starts == 273 ? 279 : 325;
    entries.put(starts, new Entry(number, new long[strips.size()]));
    if (counted) {
      long[] lengths = strips.stream().mapToLong(strip -> strip.length).toArray();
      entries.put(counts, new Entry(number, lengths));
    }
    int directory = big ? 16 : 8;
    int values = directory + (big ? 16 + 20 * entries.size() : 6 + 12 * entries.size());
    int pixels = values;
    for (Entry entry : entries.values()) {
      pixels += isOutside(entry) ? length(entry) : 0;
    }
    long[] places = new long[strips.size()];
    int end = pixels;
    for (int i = 0; i < places.length; i++) {
      places[i] = end;
      end += strips.get(i).length;
    }
    entries.put(starts, new Entry(number, places));
    ByteBuffer file = ByteBuffer.allocate(end).order(order());
    file.put((little ? "II" : "MM").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    file.putShort((short) (big ? 43 : 42));
    if (big) {
      file.putShort((short) 8).putShort((short) 0).putLong(directory).putLong(entries.size());
    } else {
      file.putInt(directory).putShort((short) entries.size());
    }
    ByteArrayOutputStream outside = new ByteArrayOutputStream();
    entries.forEach((tag, entry) -> write(file, tag, entry, values, outside));
    file.position(values).put(outside.toByteArray());
    strips.forEach(file::put);
    return file.array();
  }

  private void write(
      ByteBuffer file, int tag, Entry entry, int values, ByteArrayOutputStream outside) {
    ByteBuffer own = ByteBuffer.allocate(Math.max(big ? 8 : 4, length(entry))).order(order());
    for (long value : entry.values()) {
      switch (entry.type()) {
        case SHORT -> own.putShort((short) value);
        case LONG -> own.putInt((int) value);
        case RATIONAL -> own.putInt(2 * (int) value).putInt(2);
        default -> own.putLong(value);
      }
    }
    file.putShort((short) tag).putShort((short) entry.type());
    number(file, entry.values().length);
    if (isOutside(entry)) {
      number(file, values + outside.size());
      outside.writeBytes(own.array());
    } else {
      file.put(own.array());
    }
  }

  private void number(ByteBuffer file, long value) {
    if (big) {
      file.putLong(value);
    } else {
      file.putInt((int) value);
    }
  }

  private boolean isOutside(Entry entry) {
    return length(entry) > (big ? 8 : 4);
  }

  private static int length(Entry entry) {
    int size = entry.type() == SHORT ? 2 : entry.type() == LONG ? 4 : 8;
    return size * entry.values().length;
  }
}
