package dev.facet.model.ops;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A linear map of one shape on random numbers, and what is right: computed in float64 at a sample
 * of rows, and of columns in each block of 16, the last 48 all of them. An error is the largest
 * difference, in units of the root mean square of what is right.
 */
final class LinearCase {
  private static final int ROWS = 5;
  private static final int BLOCK = 16;
  private static final int LAST = 48;

  /** Rows, width before and width after. */
  record Size(int rows, int in, int out) {}

  /**
   * One side of a sum of products.
   *
   * @param outer values from one place of the result to the next
   * @param inner values from one term to the next
   */
  private record Factor(float[] values, int outer, int inner) {}

  private final Size size;
  private final float[] x;
  private final float[] weight;
  private final float[] bias;
  private final float[] above;

  LinearCase(Size size) {
    this.size = size;
    x = numbers(size.rows * size.in, 1);
    weight = numbers(size.out * size.in, 2);
    bias = numbers(size.out, 3);
    above = numbers(size.rows * size.out, 4);
  }

  /** In [-1, 1), from a linear congruential generator. */
  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    int state = seed * 0x9e3779b9;
    for (int i = 0; i < count; i++) {
      state = state * 1_664_525 + 1_013_904_223;
      numbers[i] = (state >> 8) * 0x1p-23f;
    }
    return numbers;
  }

  /** [rows, in]. */
  float[] x() {
    return x;
  }

  /** [out, in]. */
  float[] weight() {
    return weight;
  }

  /** [out]. */
  float[] bias() {
    return bias;
  }

  /** The gradient of what comes out, [rows, out]. */
  float[] above() {
    return above;
  }

  double ofOutput(float[] found) {
    Factor rows = new Factor(x, size.in, 1);
    Factor columns = new Factor(weight, size.in, 1);
    return error(found, few(size.rows), blocks(size.out), size.out, size.in, rows, columns, bias);
  }

  double ofX(float[] found) {
    Factor rows = new Factor(above, size.out, 1);
    Factor columns = new Factor(weight, 1, size.in);
    float[] none = new float[size.in];
    return error(found, few(size.rows), blocks(size.in), size.in, size.out, rows, columns, none);
  }

  double ofWeight(float[] found) {
    Factor rows = new Factor(above, 1, size.out);
    Factor columns = new Factor(x, 1, size.in);
    float[] none = new float[size.in];
    return error(found, few(size.out), blocks(size.in), size.in, size.rows, rows, columns, none);
  }

  double ofBias(float[] found) {
    float[] ones = new float[size.rows];
    Arrays.fill(ones, 1);
    Factor rows = new Factor(ones, 0, 1);
    Factor columns = new Factor(above, 1, size.out);
    float[] none = new float[size.out];
    return error(found, few(1), blocks(size.out), size.out, size.rows, rows, columns, none);
  }

  private static double error(
      float[] found,
      BitSet rows,
      BitSet columns,
      int width,
      int terms,
      Factor left,
      Factor right,
      float[] offsets) {
    double largest = 0;
    double squares = 0;
    for (int row : rows.stream().toArray()) {
      for (int column : columns.stream().toArray()) {
        double sum = offsets[column];
        int l = row * left.outer;
        int r = column * right.outer;
        for (int k = 0; k < terms; k++) {
          sum += (double) left.values[l + k * left.inner] * right.values[r + k * right.inner];
        }
        // Math.max keeps what is not a number.
        largest = Math.max(largest, Math.abs(found[row * width + column] - sum));
        squares += sum * sum;
      }
    }
    return largest / Math.sqrt(squares / ((double) rows.cardinality() * columns.cardinality()));
  }

  /** The first, the last and some between. */
  private static BitSet few(int length) {
    BitSet places = new BitSet();
    for (int i = 0; i < ROWS; i++) {
      places.set((int) ((long) i * (length - 1) / (ROWS - 1)));
    }
    return places;
  }

  private static BitSet blocks(int length) {
    BitSet places = new BitSet();
    for (int from = 0; from < length; from += BLOCK) {
      places.set(Math.min(length - 1, from + from / BLOCK * 7 % BLOCK));
    }
    places.set(Math.max(0, length - LAST), length);
    return places;
  }
}
