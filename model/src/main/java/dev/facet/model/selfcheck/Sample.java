package dev.facet.model.selfcheck;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which numbers of a result are looked at: kernels compute results in blocks, so that of each block
 * of columns some are, and of the last, which is often an incomplete one, all.
 */
final class Sample {
  /** Columns of the smallest block of a float32 kernel: one AVX-512 register. */
  static final int BLOCK = 16;

  /** Rows that are looked at. */
  static final int ROWS = 8;

  /** Of these the last. */
  private static final int LAST = 3;

  private Sample() {}

  /** Rows in order: the first, the last few, and some evenly between. */
  static long[] rows(long all) {
    if (all <= ROWS) {
      return LongStream.range(0, all).toArray();
    }
    int spread = ROWS - LAST;
    long[] rows = new long[ROWS];
    for (int i = 0; i < spread; i++) {
      rows[i] = i * (all - LAST) / spread;
    }
    for (int i = 0; i < LAST; i++) {
      rows[spread + i] = all - LAST + i;
    }
    return rows;
  }

  /**
   * One column of each block, another one for another row, and all of the last block.
   *
   * @param row any number
   */
  static int[] columns(int all, long row) {
    int last = (all - 1) / BLOCK * BLOCK;
    int within = (int) (row * 7 % BLOCK);
    return IntStream.concat(
            IntStream.iterate(within, each -> each < last, each -> each + BLOCK),
            IntStream.range(last, all))
        .toArray();
  }

  /** How many columns {@link #columns} gives at most. */
  static int columns(int all) {
    return (all + BLOCK - 1) / BLOCK + BLOCK;
  }

  static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
