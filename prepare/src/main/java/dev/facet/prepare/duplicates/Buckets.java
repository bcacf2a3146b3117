package dev.facet.prepare.duplicates;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Photos sorted by a key of few bits: a counting sort, whose memory is used again and again. */
final class Buckets {
  private final int[] members;
  private final int[] sorted;
  private int[] starts = new int[0];
  private int size;
  private int count;

  /** Of all photos. */
  Buckets(int photos) {
    members = new int[photos];
    sorted = new int[photos];
    size = photos;
    for (int i = 0; i < photos; i++) {
      members[i] = i;
    }
  }

  /** Leaves out those for which this does not hold. */
  void retain(IntPredicate kept) {
    int left = 0;
    for (int k = 0; k < size; k++) {
      if (kept.test(members[k])) {
        members[left++] = members[k];
      }
    }
    size = left;
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
    for (int k = 0; k < size; k++) {
      starts[key.applyAsInt(members[k]) + 2]++;
    }
    for (int b = 2; b < starts.length; b++) {
      starts[b] += starts[b - 1];
    }
    for (int k = 0; k < size; k++) {
      sorted[starts[key.applyAsInt(members[k]) + 1]++] = members[k];
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
