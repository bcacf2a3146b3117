package dev.facet.prepare.whole;

import java.util.Arrays;

/**
 * For each key the lowest row that has it; by open addressing, for a number of keys that is known.
 */
final class LowestRows {
  private final long[] keys;
  private final long[] rows;

  /**
   * @param most how often {@link #add} will be called at most
   */
  LowestRows(int most) {
    int capacity = Integer.highestOneBit(Math.max(8, most)) << 2;
    keys = new long[capacity];
    rows = new long[capacity];
    Arrays.fill(rows, Long.MAX_VALUE);
  }

  void add(long key, long row) {
    int at = find(key);
    keys[at] = key;
    rows[at] = Math.min(rows[at], row);
  }

  /** The lowest row that was added with a key. */
  long row(long key) {
    return rows[find(key)];
  }

  private int find(long key) {
    int at = (int) (key ^ (key >>> 32)) & (keys.length - 1);
    while (rows[at] != Long.MAX_VALUE && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }
}
