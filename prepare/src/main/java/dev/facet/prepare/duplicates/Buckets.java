package dev.facet.prepare.duplicates;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Photos sorted by a key of few bits: a counting sort, whose memory is used again and again. */
final class Buckets {
  private final BitSet members;
  private final int[] sorted;
  private int[] starts = new int[0];
  private int count;

  /**
   * Of those of all photos for which this holds.
   *
   * @param kept asked for each number
   */
  Buckets(int photos, IntPredicate kept) {
    members = new BitSet(photos);
    for (int i = 0; i < photos; i++) {
      members.set(i, kept.test(i));
    }
    sorted = new int[members.cardinality()];
  }

  /** Leaves some out from now on. */
  void leaveOut(BitSet photos) {
    members.andNot(photos);
  }

  /**
   * Sorts anew; within a bucket photos are in their order.
   *
   * @param key of each photo, of so many bits
   */
  void fill(int bits, IntUnaryOperator key) {
    count = 1 << bits;
    starts = starts.length == count + 2 ? starts : new int[count + 2];
    Arrays.fill(starts, 0);
    for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
      starts[key.applyAsInt(i) + 2]++;
    }
    for (int b = 2; b < starts.length; b++) {
      starts[b] += starts[b - 1];
    }
    for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
      sorted[starts[key.applyAsInt(i) + 1]++] = i;
    }
  }

  int count() {
    return count;
  }

  /** Where a bucket begins, and the one before it ends. */
  int start(int bucket) {
    return starts[bucket];
  }

  int photo(int at) {
    return sorted[at];
  }
}
