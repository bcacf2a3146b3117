package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.parquet.format.Type;

/**
 * The values of one column in one row group: where in memory each lies. Row {@code r} has the slots
 * from {@link #first first(r)} to {@code first(r + 1)}; a slot is a value, a null, or stands for an
 * empty list. Columns of the same list have the same slots; two lists side by side need not. Filled
 * by one thread, then read by any number of them.
 */
public final class Values {
  /**
   * Slots of a column; more than the rows that can be held in memory with pictures have. A few
   * bytes may stand for millions of nulls, so nothing else bounds the arrays.
   */
  public static final int MOST = 1 << 22;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int NULL = -1;

  private MemorySegment memory = MemorySegment.NULL;
  private int[] at = new int[256];
  private int[] length = new int[256];
  private int[] first = new int[257];

  /** Only of lists in lists. */
  private byte[] levels = new byte[0];

  private int slots;
  private int rows;

  /** Forgets everything; the values to come lie in this memory. */
  void begin(MemorySegment newMemory) {
    memory = newMemory;
    slots = 0;
    rows = 0;
    first[0] = 0;
  }

  /** Says that all values lie somewhere else than was said, at the same places. */
  void lieIn(MemorySegment newMemory) {
    memory = newMemory;
  }

  /** Makes room for more slots. */
  void expect(int more) throws IOException {
    if (more > MOST - slots) {
      throw new UnsupportedOperationException(
          "a column holds more than " + MOST + " values: write the file with smaller row groups");
    }
    if (slots + more > at.length) {
      int capacity = Math.max(slots + more, Math.min(MOST, 2 * at.length));
      at = Arrays.copyOf(at, capacity);
      length = Arrays.copyOf(length, capacity);
      first = Arrays.copyOf(first, capacity + 1);
    }
  }

  /** The next slot begins a row. */
  void addRow() {
    first[rows++] = slots;
  }

  /** Says at which depth of lists the next slot goes on; 0 begins a row. */
  void addLevel(int level) {
    if (levels.length < at.length) {
      levels = Arrays.copyOf(levels, at.length);
    }
    levels[slots] = (byte) level;
  }

  /**
   * Adds slots that all are values.
   *
   * @param places where each lies
   * @param bytes of each
   */
  void add(int[] places, int[] bytes, int count) {
    System.arraycopy(places, 0, at, slots, count);
    System.arraycopy(bytes, 0, length, slots, count);
    slots += count;
  }

  /**
   * Says which of the slots to come begin a row.
   *
   * @param repetitions 0 for those
   */
  void addRows(int[] repetitions, int count) {
    for (int i = 0; i < count; i++) {
      if (repetitions[i] == 0) {
        first[rows++] = slots + i;
      }
    }
  }

  void add(int place, int bytes) {
    at[slots] = place;
    length[slots++] = bytes;
  }

  void addNull() {
    at[slots] = NULL;
    length[slots++] = 0;
  }

  void end() {
    first[rows] = slots;
  }

  /** Whether no slot stands before the first row. */
  boolean beginsWithRow() {
    return rows > 0 ? first[0] == 0 : slots == 0;
  }

  public int rows() {
    return rows;
  }

  public int slots() {
    return slots;
  }

  /**
   * In a list of lists: at which depth a slot goes on. The depth of the innermost list goes on with
   * it, a lesser one begins another.
   */
  public int level(int slot) {
    return levels[slot];
  }

  public int first(int row) {
    return first[row];
  }

  /** The first slot after those of a row. */
  public int end(int row) {
    return first[row + 1];
  }

  /** How many slots a row has. */
  public int count(int row) {
    return first[row + 1] - first[row];
  }

  public boolean isNull(int slot) {
    return at[slot] == NULL;
  }

  public MemorySegment memory() {
    return memory;
  }

  public int at(int slot) {
    return at[slot];
  }

  public int length(int slot) {
    return length[slot];
  }

  /** Whether some slots are values of which each begins where the one before it ends. */
  public boolean adjoin(int from, int end) {
    if (from == end || isNull(from)) {
      return false;
    }
    int apart = 0;
    for (int slot = from + 1; slot < end; slot++) {
      apart |= at[slot] - at[slot - 1] - length[slot - 1];
    }
    return apart == 0;
  }

  /** Whether a value is this text. */
  public boolean is(int slot, MemorySegment text) {
    return !isNull(slot)
        && length[slot] == text.byteSize()
        && MemorySegment.mismatch(
                memory, at[slot], (long) at[slot] + length[slot], text, 0, text.byteSize())
            < 0;
  }

  /** A number of one of the four types of numbers. */
  public double number(int slot, Type type) {
    return switch (type) {
      case INT32 -> memory.get(INT, at[slot]);
      case INT64 -> (double) memory.get(LONG, at[slot]);
      case FLOAT -> Float.intBitsToFloat(memory.get(INT, at[slot]));
      case DOUBLE -> Double.longBitsToDouble(memory.get(LONG, at[slot]));
      case BOOLEAN, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalArgumentException(type + " is no number");
    };
  }

  /** A value of any type as people write it. */
  public String text(int slot, Type type) {
    return switch (type) {
      case BOOLEAN -> Boolean.toString(memory.get(ValueLayout.JAVA_BYTE, at[slot]) != 0);
      case INT32 -> Integer.toString(memory.get(INT, at[slot]));
      case INT64 -> Long.toString(memory.get(LONG, at[slot]));
      case FLOAT -> Float.toString(Float.intBitsToFloat(memory.get(INT, at[slot])));
      case DOUBLE -> Double.toString(number(slot, type));
      case BYTE_ARRAY, INT96, FIXED_LEN_BYTE_ARRAY -> {
        byte[] bytes = new byte[length[slot]];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at[slot], bytes, 0, bytes.length);
        yield type == Type.BYTE_ARRAY
            ? new String(bytes, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(bytes);
      }
    };
  }
}
