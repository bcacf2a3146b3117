package dev.facet.eval.probe;

/** A function with its gradient. */
interface Smooth {
  /**
   * The value at a point.
   *
   * @param gradient is filled
   */
  double at(double[] point, double[] gradient);
}
