package dev.facet.loader.order;

import dev.facet.base.SampleRandom;

/**
 * A seeded permutation of [0, n) that needs no table: element {@code i} is computed on its own, in
 * constant memory.
 *
 * <p>A balanced Feistel network permutes the smallest power of four that is at least n (Luby and
 * Rackoff, "How to Construct Pseudorandom Permutations", SIAM J. Comput. 17, 1988; four rounds);
 * results outside [0, n) are fed back until one falls inside, which keeps the map a bijection
 * ("cycle walking", Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002). As
 * the power of four is less than 4 n + 1, fewer than four walks are needed on average.
 */
public final class Permutation {
  private static final int ROUNDS = 4;

  private final long size;
  private final long seed;
  private final int halfBits;
  private final long halfMask;

  /**
   * @param size number of elements, from 0 to 2^60
   */
  public Permutation(long size, long seed) {
    if (size < 0 || size > 1L << 60) {
      throw new IllegalArgumentException("size " + size);
    }
    this.size = size;
    this.seed = SampleRandom.mix(seed);
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  /** Where element {@code index} of [0, size) goes. */
  public long apply(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    long value = index;
    do {
      value = scramble(value);
    } while (value >= size);
    return value;
  }

  private long scramble(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = SampleRandom.mix(seed + round + (right << 3)) & halfMask;
      long next = left ^ mixed;
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
