package dev.facet.train;

/**
 * What a step tells.
 *
 * @param loss of the batch; NaN where there was nothing to learn from
 * @param gradientNorm over all that learns, before it was limited; NaN likewise
 */
record Learned(float loss, float gradientNorm) {
  static final Learned NOTHING = new Learned(Float.NaN, Float.NaN);
}
