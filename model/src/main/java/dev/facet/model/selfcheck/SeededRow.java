package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An array of any size whose numbers are those of one short seeded row, over and over, so that each
 * is known without reading the array back. The row's length is prime: rows of the array begin at
 * another of its places each.
 */
final class SeededRow {
  private static final int LENGTH = 65_521;

  /** Which row. */
  private record Seed(long number, Precision precision, float scale) {}

  private static final Map<Seed, SeededRow> ROWS = new ConcurrentHashMap<>();

  private final float[] row = new float[LENGTH];

  /**
   * Numbers in [-scale, scale), which the precision can hold.
   *
   * @param scale a power of two
   */
  static SeededRow of(long seed, Precision precision, float scale) {
    return ROWS.computeIfAbsent(new Seed(seed, precision, scale), SeededRow::new);
  }

  private SeededRow(Seed seed) {
    SplittableRandom random = new SplittableRandom(seed.number);
    for (int i = 0; i < LENGTH; i++) {
      row[i] =
          seed.scale
              * switch (seed.precision) {
                case FLOAT32 -> (float) random.nextDouble(-1, 1);
                case BFLOAT16 -> random.nextInt(-127, 128) / 128f;
              };
    }
  }

  /** The row itself. */
  NDArray once(NDManager scope) {
    return scope.create(row);
  }

  /**
   * The array, in memory of libtorch's.
   *
   * @param once what {@link #once} gave
   */
  static NDArray array(NDArray once, long... shape) {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size <= LENGTH) {
      try (NDArray cut = once.get(":" + size);
          NDArray shaped = cut.reshape(new Shape(shape))) {
        return Ops.get().copy(once.getManager(), shaped);
      }
    }
    try (NDArray all = once.tile((size + LENGTH - 1) / LENGTH);
        NDArray cut = all.get(":" + size)) {
      return cut.reshape(new Shape(shape));
    }
  }

  double at(long place) {
    return row[(int) (place % LENGTH)];
  }

  /** The sum of {@code n} numbers, each {@code step} after the one before. */
  double sum(long from, int step, int n) {
    double sum = 0;
    int i = (int) (from % LENGTH);
    int by = step % LENGTH;
    for (int k = 0; k < n; k++) {
      sum += row[i];
      i = wrapped(i + by);
    }
    return sum;
  }

  /** The sum of {@code n} products of numbers side by side. */
  static double dot(SeededRow a, long fromA, SeededRow b, long fromB, int n) {
    int i = (int) (fromA % LENGTH);
    int j = (int) (fromB % LENGTH);
    double sum = 0;
    int left = n;
    while (left > 0) {
      int run = Math.min(left, Math.min(LENGTH - i, LENGTH - j));
      sum += run(a.row, i, b.row, j, run);
      i = wrapped(i + run);
      j = wrapped(j + run);
      left -= run;
    }
    return sum;
  }

  /** Four sums at a time, as each addition waits for the one before. */
  private static double run(float[] a, int i, float[] b, int j, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < n; k += 4) {
      s0 += (double) a[i + k] * b[j + k];
      s1 += (double) a[i + k + 1] * b[j + k + 1];
      s2 += (double) a[i + k + 2] * b[j + k + 2];
      s3 += (double) a[i + k + 3] * b[j + k + 3];
    }
    for (; k < n; k++) {
      s0 += (double) a[i + k] * b[j + k];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The sum of {@code n} products of numbers that stand apart. */
  static double dot(SeededRow a, long fromA, int stepA, SeededRow b, long fromB, int stepB, int n) {
    int i = (int) (fromA % LENGTH);
    int j = (int) (fromB % LENGTH);
    int byA = stepA % LENGTH;
    int byB = stepB % LENGTH;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += (double) a.row[i] * b.row[j];
      i = wrapped(i + byA);
      j = wrapped(j + byB);
    }
    return sum;
  }

  private static int wrapped(int place) {
    return place >= LENGTH ? place - LENGTH : place;
  }
}
