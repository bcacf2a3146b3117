package dev.facet.model.selfcheck;

import dev.facet.model.ops.Precision;

/** How far what an operation gave is from what is right, in units of the usual size of that. */
final class Difference {
  /** What is right may be nothing at all; inputs and gradients are about 1. */
  private static final double SMALLEST = 1e-2;

  private final String what;
  private double largest;
  private double squares;
  private long count;

  /**
   * @param what the operation gave, in words that end a sentence about it: "its result"
   */
  Difference(String what) {
    this.what = what;
  }

  void add(double found, double right) {
    double apart = Math.abs(found - right);
    // Whatever is no number is as far away as can be.
    largest = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(largest, apart);
    squares += right * right;
    count++;
  }

  String what() {
    return what;
  }

  /** The largest difference over the root mean square of what is right. */
  double relative() {
    return largest / Math.max(SMALLEST, Math.sqrt(squares / count));
  }

  /**
   * The largest difference that rounding explains, with room: sums of thousands of terms in float32
   * come within 1e-5. Bfloat16 keeps eight bits of each result.
   */
  static double allowed(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> 1e-4;
      case BFLOAT16 -> 5e-2;
    };
  }
}
