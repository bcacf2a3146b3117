package dev.facet.prepare.duplicates;

import java.util.ArrayList;
import java.util.List;

/** Longs without end, in pieces: growing copies nothing and leaves no half-empty array. */
public final class LongColumn {
  private static final int PIECE_BITS = 18;
  private static final int PIECE = 1 << PIECE_BITS;

  private final List<long[]> full = new ArrayList<>();
  private long[][] pieces = new long[0][];
  private int size;

  public void add(long value) {
    int at = size & (PIECE - 1);
    if (at == 0) {
      if (size < 0) {
        throw new IllegalStateException("more than 2^31 numbers");
      }
      full.add(new long[PIECE]);
      pieces = full.toArray(long[][]::new);
    }
    pieces[size >>> PIECE_BITS][at] = value;
    size++;
  }

  /** Number {@code i}, from 0. */
  public long get(int i) {
    return pieces[i >>> PIECE_BITS][i & (PIECE - 1)];
  }

  public int size() {
    return size;
  }

  /** All of them, in an array of their own. */
  public long[] toArray() {
    long[] all = new long[size];
    for (int i = 0; i < size; i++) {
      all[i] = get(i);
    }
    return all;
  }
}
