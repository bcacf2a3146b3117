package dev.facet.model.parity;

import dev.facet.model.ops.Precision;

/**
 * How far from the reference is near enough.
 *
 * @param outputs largest difference of an output; where an output's entries exceed 1, as logits do,
 *     relative to its largest
 * @param gradients largest difference of a gradient relative to its largest entry
 */
public record Tolerance(double outputs, double gradients) {
  /**
   * What float32 arithmetic in another order of sums leaves open. A gradient that is 0 in theory,
   * as that of a key's bias, has no scale of its own; its rounding noise stays below this.
   */
  private static final double NOISE = 1e-6;

  /** Float32 against float32. */
  public static final Tolerance FLOAT32 = new Tolerance(1e-5, 1e-4);

  /** Matrix products in bfloat16, which has 8 bits of precision, against float32. */
  public static final Tolerance BFLOAT16 = new Tolerance(1e-2, 1e-2);

  /** What is usual for matrix products of this precision. */
  public static Tolerance of(Precision precision) {
    return precision == Precision.BFLOAT16 ? BFLOAT16 : FLOAT32;
  }

  Agreement output(String name, float[] found, float[] expected) {
    double largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    return Agreement.of(name, found, expected, 0, outputs * largest);
  }

  Agreement gradient(String name, float[] found, float[] expected) {
    return Agreement.of(name, found, expected, gradients, NOISE);
  }
}
