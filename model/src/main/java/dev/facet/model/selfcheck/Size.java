package dev.facet.model.selfcheck;

/**
 * How much goes through an operation at once.
 *
 * @param sequences pictures or captions
 * @param tokens of each
 */
record Size(int sequences, int tokens) {
  int rows() {
    return Math.multiplyExact(sequences, tokens);
  }
}
