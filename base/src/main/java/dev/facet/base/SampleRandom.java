package dev.facet.base;

/**
 * The random numbers of one sample in one epoch: any thread that works on the sample draws the
 * same. Reusable; not thread-safe.
 *
 * <p>SplitMix64: a Weyl sequence finished with a 64-bit mixer (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", OOPSLA 2014, section 5; mixer constants: Stafford's
 * variant 13).
 */
public final class SampleRandom {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  /** Begins the sequence of one sample. */
  public void reset(long seed, long epoch, long row) {
    state = mix(mix(mix(seed) + GOLDEN * (epoch + 1)) + GOLDEN * (row + 1));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Uniform in [0, bound); the upper half of a 64 x 64 bit product, whose bias of at most bound /
   * 2^64 is beyond measuring.
   */
  public int nextInt(int bound) {
    return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /** A bijection of 64-bit numbers whose output looks random. */
  public static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
