package dev.facet.loader.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Walks over a Thrift structure in the compact protocol, in which Parquet writes footers and page
 * headers (Thrift, "Compact protocol encoding"). Unlike a generated reader it makes no objects of
 * what nobody asks for, statistics above all, and takes no memory on the word of a length it reads.
 * Aimed again and again; not thread-safe.
 */
public final class ThriftReader {
  static final int LIST = 9;
  static final int STRUCT = 12;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int UUID = 13;

  /** Parquet's own structures nest about ten deep. */
  private static final int DEEPEST = 64;

  private final int[] outer = new int[DEEPEST];
  private MemorySegment memory = MemorySegment.NULL;
  private long position;
  private long end;
  private int depth;
  private int id;
  private int type;

  /** Aims at the bytes from {@code from} to {@code to}. */
  public void at(MemorySegment newMemory, long from, long to) {
    memory = newMemory;
    position = from;
    end = to;
    depth = 0;
    id = 0;
    type = STRUCT;
  }

  /** Where the next byte is read. */
  public long position() {
    return position;
  }

  /** Begins a structure. */
  public void enter() throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("its header nests too deeply");
    }
    outer[depth++] = id;
    id = 0;
  }

  private void leave() {
    id = outer[--depth];
  }

  /** Bytes that are left to read. */
  public long left() {
    return end - position;
  }

  /** Goes to the next field; false at the end of the structure, which is left then. */
  public boolean next() throws IOException {
    int head = u8();
    if (head == 0) {
      leave();
      return false;
    }
    type = head & 15;
    id = head >>> 4 == 0 ? (int) zigzag() : id + (head >>> 4);
    return true;
  }

  /** Number of the current field. */
  public int id() {
    return id;
  }

  int type() {
    return type;
  }

  boolean bool() throws IOException {
    if (type != TRUE && type != FALSE) {
      throw wrongType();
    }
    return type == TRUE;
  }

  public int int32() throws IOException {
    long value = int64();
    if (value != (int) value) {
      throw new IOException("its header holds an impossible number, " + value);
    }
    return (int) value;
  }

  public long int64() throws IOException {
    if (type == BYTE) {
      return (byte) u8();
    }
    if (type < BYTE || type > I64) {
      throw wrongType();
    }
    return zigzag();
  }

  public String string() throws IOException {
    if (type != BINARY) {
      throw wrongType();
    }
    int length = length(1);
    byte[] bytes = new byte[length];
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, position, bytes, 0, length);
    position += length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Begins a list whose elements are read as if each were a field; its size. */
  public int list() throws IOException {
    if (type != LIST) {
      throw wrongType();
    }
    int head = u8();
    type = head & 15;
    if (head >>> 4 < 15) {
      return require(head >>> 4, 1);
    }
    return length(1);
  }

  /** Passes over the value of the current field or list element. */
  public void skip() throws IOException {
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> move(1);
      case 4, 5, I64 -> varint();
      case DOUBLE -> move(8);
      case UUID -> move(16);
      case BINARY -> move(length(1));
      case LIST, SET -> {
        enter();
        type = LIST;
        int size = list();
        skipElements(type, size);
        leave();
      }
      case MAP -> {
        enter();
        skipMap();
        leave();
      }
      case STRUCT -> {
        enter();
        while (next()) {
          skip();
        }
      }
      default -> throw wrongType();
    }
  }

  private void skipElements(int of, int count) throws IOException {
    if (of == TRUE || of == FALSE) {
      move(count);
      return;
    }
    for (int i = 0; i < count; i++) {
      type = of;
      skip();
    }
  }

  private void skipMap() throws IOException {
    int size = length(0);
    int types = size == 0 ? 0 : u8();
    for (int i = 0; i < size; i++) {
      skipElements(types >>> 4, 1);
      skipElements(types & 15, 1);
    }
  }

  private int length(int bytesEach) throws IOException {
    return require(varint(), bytesEach);
  }

  /** A count of things to follow, each of at least some bytes: more than there are is a lie. */
  private int require(long count, int bytesEach) throws IOException {
    if (count < 0 || count > (end - position) / Math.max(1, bytesEach)) {
      throw new IOException("its header promises " + count + " bytes or entries, beyond its end");
    }
    return (int) count;
  }

  private void move(int bytes) throws IOException {
    position += require(bytes, 1);
  }

  private long zigzag() throws IOException {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("its header holds a number without end");
  }

  private int u8() throws IOException {
    if (position >= end) {
      throw new IOException("its header ends too early");
    }
    return memory.get(ValueLayout.JAVA_BYTE, position++) & 0xff;
  }

  private IOException wrongType() {
    return new IOException("field " + id + " of its header has an unexpected type, " + type);
  }
}
