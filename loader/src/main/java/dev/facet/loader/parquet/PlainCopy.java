package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/**
 * Values written in a way in which they cannot be used where they lie (deltas, split streams,
 * bits), written out into memory of its own. Only columns with such pages come here; this is the
 * slow and general way.
 */
final class PlainCopy {
  /** Texts that share prefixes may grow without bound when written out. */
  private static final int MOST_BYTES = 1 << 28;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final Type type;
  private byte[] bytes = new byte[1 << 12];
  private int used;

  public PlainCopy(Schema.Leaf leaf) {
    this.width = leaf.width();
    this.type = leaf.type();
  }

  /** Whether values so written have to be written out. */
  static boolean needed(Encoding encoding, Type type) {
    return switch (encoding) {
      case PLAIN -> type == Type.BOOLEAN;
      case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED -> false;
      case RLE, DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, BYTE_STREAM_SPLIT ->
          true;
    };
  }

  /** Whether the format knows values of the type so written (Encodings.md). */
  private boolean isKnown(Encoding encoding) {
    return switch (encoding) {
      case RLE -> type == Type.BOOLEAN;
      case DELTA_BINARY_PACKED -> type == Type.INT32 || type == Type.INT64;
      case DELTA_LENGTH_BYTE_ARRAY -> type == Type.BYTE_ARRAY;
      case DELTA_BYTE_ARRAY -> type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY;
      case BYTE_STREAM_SPLIT ->
          switch (type) {
            case INT32, INT64, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> true;
            case BOOLEAN, INT96, BYTE_ARRAY -> false;
          };
      case PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED -> true;
    };
  }

  /** All that was written out. */
  MemorySegment memory() {
    return MemorySegment.ofArray(bytes);
  }

  /** Copies a value; where it lies now. */
  int add(MemorySegment from, long at, int length) throws IOException {
    int place = grow(length);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, place, length);
    return place;
  }

  /** Writes out the {@code count} values of a page; where they lie goes to {@code at}. */
  public void read(
      Encoding encoding, MemorySegment from, long start, long end, int count, int[] at, int[] size)
      throws IOException {
    Bounds.require(
        isKnown(encoding), "page has values of type " + type + " in the encoding " + encoding);
    switch (encoding) {
      case PLAIN -> booleans(from, start, end, count, at, size);
      case RLE -> {
        Bounds.require(end - start >= 4, "page of booleans ends too early");
        int length = from.get(INT, start);
        Bounds.require(length >= 0 && length <= end - start - 4, "page of booleans is cut short");
        int[] values = new int[count];
        Hybrid.read(from, start + 4, start + 4 + length, 1, values, count);
        for (int i = 0; i < count; i++) {
          set(at, size, i, grow(1), 1);
          bytes[at[i]] = (byte) values[i];
        }
      }
      case DELTA_BINARY_PACKED -> {
        long[] numbers = new Delta(from, start, end).read(count);
        for (int i = 0; i < count; i++) {
          int place = grow(width);
          set(at, size, i, place, width);
          if (type == Type.INT32) {
            memory().set(INT, place, (int) numbers[i]);
          } else {
            memory().set(LONG, place, numbers[i]);
          }
        }
      }
      case DELTA_LENGTH_BYTE_ARRAY -> {
        Delta lengths = new Delta(from, start, end);
        texts(new long[count], lengths, from, end, at, size);
      }
      case DELTA_BYTE_ARRAY -> {
        Delta prefixes = new Delta(from, start, end);
        long[] shared = prefixes.read(count);
        texts(shared, new Delta(from, prefixes.position(), end), from, end, at, size);
      }
      case BYTE_STREAM_SPLIT -> {
        Bounds.require((long) count * width <= end - start, "page of split bytes is cut short");
        for (int i = 0; i < count; i++) {
          set(at, size, i, grow(width), width);
          for (int b = 0; b < width; b++) {
            bytes[at[i] + b] = from.get(ValueLayout.JAVA_BYTE, start + (long) b * count + i);
          }
        }
      }
      case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED ->
          throw new IllegalArgumentException(encoding.toString());
    }
  }

  private void booleans(MemorySegment from, long start, long end, int count, int[] at, int[] size)
      throws IOException {
    Bounds.require((count + 7L) / 8 <= end - start, "page of booleans is cut short");
    for (int i = 0; i < count; i++) {
      set(at, size, i, grow(1), 1);
      bytes[at[i]] = (byte) (from.get(ValueLayout.JAVA_BYTE, start + i / 8) >> (i % 8) & 1);
    }
  }

  /** Texts, each of which begins like the one before it and goes on with bytes of its own. */
  private void texts(
      long[] shared, Delta lengths, MemorySegment from, long end, int[] at, int[] size)
      throws IOException {
    long[] own = lengths.read(shared.length);
    long position = lengths.position();
    for (int i = 0; i < own.length; i++) {
      int before = i == 0 ? 0 : size[i - 1];
      Bounds.require(
          shared[i] >= 0 && shared[i] <= before && own[i] >= 0 && own[i] <= end - position,
          "page of texts holds an impossible length");
      int prefix = (int) shared[i];
      int rest = (int) own[i];
      int place = grow(prefix + rest);
      if (prefix > 0) {
        System.arraycopy(bytes, at[i - 1], bytes, place, prefix);
      }
      MemorySegment.copy(from, ValueLayout.JAVA_BYTE, position, bytes, place + prefix, rest);
      position += rest;
      set(at, size, i, place, prefix + rest);
    }
  }

  private static void set(int[] at, int[] size, int i, int place, int length) {
    at[i] = place;
    size[i] = length;
  }

  private int grow(int more) throws IOException {
    if (more < 0 || more > MOST_BYTES - used) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "a column unpacks to more than %d MiB: write the file with smaller row groups",
              MOST_BYTES >> 20));
    }
    if (used + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + more, Math.min(2 * bytes.length, MOST_BYTES)));
    }
    int place = used;
    used += more;
    return place;
  }
}
