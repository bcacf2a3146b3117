package dev.facet.prepare.whole;

import java.util.Arrays;

/**
 * For each key the lowest row that has it; by open addressing, for a number of keys that is known:
 * 24 bytes for each.
 */
final class LowestRows {
  private static final double SLOTS_FOR_EACH = 1.5;

  private final long[] keys;
  private final long[] rows;

  /**
   * @param most how often {@link #add} will be called at most
   */
  LowestRows(int most) {
    int slots = (int) Math.min(Integer.MAX_VALUE - 8, (long) (SLOTS_FOR_EACH * most) + 8);
    keys = new long[slots];
    rows = new long[slots];
    Arrays.fill(rows, Long.MAX_VALUE);
  }

  void add(long key, long row) {
    int at = find(key);
    keys[at] = key;
    rows[at] = Math.min(rows[at], row);
  }

  /** The lowest row that was added with a key; {@link Long#MAX_VALUE} if none was. */
  long row(long key) {
    return rows[find(key)];
  }

  private int find(long key) {
    // The high half of a product spreads keys evenly over any number of slots (Lemire, 2019).
    int at = (int) Math.unsignedMultiplyHigh(key, keys.length);
    while (rows[at] != Long.MAX_VALUE && keys[at] != key) {
      at = at + 1 == keys.length ? 0 : at + 1;
    }
    return at;
  }
}
