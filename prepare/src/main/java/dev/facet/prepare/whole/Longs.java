package dev.facet.prepare.whole;

import java.util.Arrays;

/** Numbers in a row, of which more may come. */
final class Longs {
  private long[] numbers = new long[1024];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + (size >> 1));
    }
    numbers[size++] = number;
  }

  long get(int index) {
    return numbers[index];
  }

  int size() {
    return size;
  }

  /** A copy of exactly these. */
  long[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
