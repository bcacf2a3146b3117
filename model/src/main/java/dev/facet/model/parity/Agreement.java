package dev.facet.model.parity;

/**
 * How near one tensor comes to its reference.
 *
 * @param name in the reference file
 * @param difference largest absolute difference of two elements; NaN if any element is
 * @param largest largest absolute element of the reference
 * @param allowed largest difference that passes
 */
public record Agreement(String name, double difference, double largest, double allowed) {
  /** A difference that is no finite number does not pass. */
  public boolean passes() {
    return difference <= allowed && difference < Double.POSITIVE_INFINITY;
  }

  static Agreement of(String name, float[] found, float[] expected, double share, double floor) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
      largest = Math.max(largest, Math.abs((double) expected[i]));
    }
    return new Agreement(name, difference, largest, floor + share * largest);
  }
}
