package dev.facet.loader.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts of one row, as UTF-8 one after the other in arrays that grow and are used again. */
final class Texts {
  /** What a text is. */
  enum Part {
    ID,
    SOURCE,
    CAPTION,
    LABEL,
    VALUE
  }

  private byte[] bytes = new byte[512];
  private int[] end = new int[16];
  private Part[] part = new Part[16];
  private int count;

  void clear() {
    count = 0;
  }

  void add(Part itsPart, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int at = grow(itsPart, encoded.length);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
  }

  void add(Part itsPart, MemorySegment from, long offset, int length) {
    int at = grow(itsPart, length);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, bytes, at, length);
  }

  /** Number of texts. */
  int count() {
    return count;
  }

  void dropLast() {
    count--;
  }

  boolean is(int k, Part wanted) {
    return part[k] == wanted;
  }

  /** Where the text that is the {@code i}-th of its part stands among all; -1 if there is none. */
  int find(Part wanted, int i) {
    int seen = 0;
    for (int k = 0; k < count; k++) {
      if (part[k] == wanted && seen++ == i) {
        return k;
      }
    }
    return -1;
  }

  /** The bytes of all texts; others, of earlier rows, may follow. */
  byte[] bytes() {
    return bytes;
  }

  int start(int k) {
    return k == 0 ? 0 : end[k - 1];
  }

  int end(int k) {
    return end[k];
  }

  String string(int k) {
    return new String(bytes, start(k), end[k] - start(k), StandardCharsets.UTF_8);
  }

  /** Whether a text is one of the words that stand for none. */
  boolean isMissing(int k) {
    return MissingText.is(bytes, start(k), end[k]);
  }

  /** Nearly every caption begins with a letter; only others are looked at twice. */
  boolean isBlank(int k) {
    for (int i = start(k); i < end[k]; i++) {
      if (bytes[i] > ' ') {
        return false;
      }
    }
    return string(k).isBlank();
  }

  /** Room for one text more; where its bytes go. */
  private int grow(Part itsPart, int length) {
    if (count == end.length) {
      end = Arrays.copyOf(end, 2 * count);
      part = Arrays.copyOf(part, 2 * count);
    }
    int at = start(count);
    if (bytes.length - at < length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(2 * at, length));
    }
    part[count] = itsPart;
    end[count] = at + length;
    count++;
    return at;
  }
}
