package dev.facet.loader.data;

import java.util.Arrays;

/** The numbers of a vector, gathered piece by piece; its memory is used again for the next one. */
public final class StoredVector {
  private float[] numbers = new float[0];
  private int count;
  private boolean lacks;

  /** Forgets everything. */
  public void clear() {
    count = 0;
    lacks = false;
  }

  /** Makes room for more numbers; the place in {@link #numbers} where the first of them goes. */
  public int expect(int more) {
    int first = count;
    count += more;
    if (count > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(count, 2 * first));
    }
    return first;
  }

  /** There is no vector, or a number of it is missing. */
  public void setLacking() {
    lacks = true;
  }

  /** Whether there is no vector, or a number of it is missing. */
  public boolean lacks() {
    return lacks;
  }

  /** The numbers, the first {@link #count} of the array. */
  public float[] numbers() {
    return numbers;
  }

  /** How many numbers there are. */
  public int count() {
    return count;
  }
}
