package dev.facet.eval;

import java.util.Arrays;

/** Vectors of one width, one after the other, as many as come. */
public final class VectorBlock {
  private final int width;
  private float[] numbers = new float[0];
  private int used;

  /** Of none yet. */
  public VectorBlock(int width) {
    this.width = width;
  }

  /** Adds whole vectors. */
  public void add(float[] some) {
    add(some, some.length);
  }

  /** Adds the vectors that the first {@code count} numbers are. */
  public void add(float[] some, int count) {
    int end = Math.addExact(used, count);
    if (end > numbers.length) {
      // Half as much again, but no more than there can be.
      long larger = Math.max(end, Math.min(Integer.MAX_VALUE - 8L, numbers.length * 3L / 2));
      numbers = Arrays.copyOf(numbers, (int) larger);
    }
    System.arraycopy(some, 0, numbers, used, count);
    used = end;
  }

  /** All of them, in an array that nothing else stands in. */
  public float[] toArray() {
    return used == numbers.length ? numbers : Arrays.copyOf(numbers, used);
  }

  /** How many there are. */
  public int count() {
    return used / width;
  }

  /** What all of them stand in. */
  public float[] numbers() {
    return numbers;
  }

  /** Where one of them begins. */
  public int from(int place) {
    return place * width;
  }
}
