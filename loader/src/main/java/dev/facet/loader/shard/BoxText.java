package dev.facet.loader.shard;

import dev.facet.loader.data.Row;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** A box written as JSON, {@code [x1, y1, x2, y2]}; a blank text is no box. */
final class BoxText {
  /** Of what is not a box, so much is shown. */
  private static final int SHOWN = 80;

  /** Powers of ten and whole numbers up to here are exact, and so is their quotient rounded. */
  private static final long EXACT = 1L << 53;

  private final MemorySegment memory;
  private final long end;
  private long position;

  private BoxText(MemorySegment memory, long from, long end) {
    this.memory = memory;
    this.position = from;
    this.end = end;
  }

  /** Gives a row the box that a text holds, or says that it holds none. */
  static void read(MemorySegment memory, long at, int length, Row row) {
    BoxText text = new BoxText(memory, at, at + length);
    text.skipBlanks();
    if (text.position == text.end) {
      return;
    }
    double x1 = text.number('[');
    double y1 = text.number(',');
    double x2 = text.number(',');
    double y2 = text.number(',');
    boolean closed = text.take(']');
    text.skipBlanks();
    boolean four = !Double.isNaN(x1 + y1 + x2 + y2) && !Double.isInfinite(x1 + y1 + x2 + y2);
    if (four && closed && text.position == text.end) {
      row.box(x1, y1, x2, y2);
    } else {
      int shown = Math.min(length, SHOWN);
      byte[] bytes = memory.asSlice(at, shown).toArray(ValueLayout.JAVA_BYTE);
      row.badBox(new String(bytes, StandardCharsets.UTF_8) + (shown < length ? " ..." : ""));
    }
  }

  /** The number after a character; NaN if that is not what comes next. */
  private double number(char before) {
    if (!take(before)) {
      return Double.NaN;
    }
    skipBlanks();
    long start = position;
    boolean negative = peek() == '-';
    if (negative) {
      position++;
    }
    long digits = 0;
    double divisor = 1;
    boolean fraction = false;
    boolean simple = peek() >= '0' && peek() <= '9';
    while (simple) {
      int next = peek();
      if (next == '.' && !fraction) {
        fraction = true;
      } else if (next >= '0' && next <= '9') {
        digits = 10 * digits + next - '0';
        divisor = fraction ? 10 * divisor : 1;
        simple = digits < EXACT / 10;
      } else {
        simple = next != 'e' && next != 'E' && next != '.';
        break;
      }
      position++;
    }
    if (simple && divisor <= 1e22) {
      return negative ? -(digits / divisor) : digits / divisor;
    }
    position = start;
    return uncommon();
  }

  /** A number with an exponent or many digits. */
  private double uncommon() {
    StringBuilder text = new StringBuilder();
    while ("+-.0123456789eE".indexOf(peek()) >= 0 && text.length() < SHOWN) {
      text.append((char) peek());
      position++;
    }
    try {
      return Double.parseDouble(text.toString());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private boolean take(char wanted) {
    skipBlanks();
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  private void skipBlanks() {
    while (position < end && peek() <= ' ') {
      position++;
    }
  }

  /** The next byte, or -1 at the end. */
  private int peek() {
    return position < end ? memory.get(ValueLayout.JAVA_BYTE, position) & 0xff : -1;
  }
}
