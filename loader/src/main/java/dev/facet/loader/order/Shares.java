package dev.facet.loader.order;

import java.util.List;

/**
 * How many of a mixture's first n samples come from each part: its share of them, rounded so that
 * all parts together give n. With W(s) the weight of the parts before part s, out of 1, part s has
 *
 * <pre>  count(s, n) = round(n W(s + 1)) - round(n W(s))</pre>
 *
 * <p>Each of the two is at most half a sample off, so a part is never more than one sample away
 * from its exact share, however long the run; errors do not add up. Being arithmetic, it needs no
 * state.
 */
final class Shares {
  // upTo[s]: weight of the parts before part s; the last is exactly 1.
  private final double[] upTo;
  private final double smallest;

  Shares(List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    upTo = new double[weights.size() + 1];
    double sumBefore = 0;
    double least = 1;
    for (int s = 0; s < weights.size(); s++) {
      sumBefore += weights.get(s);
      upTo[s + 1] = sumBefore / sum;
      least = Math.min(least, weights.get(s) / sum);
    }
    upTo[weights.size()] = 1;
    smallest = least;
  }

  /** Samples of a part among the first {@code n} of the mixture. */
  long count(int part, long n) {
    return Math.round(n * upTo[part + 1]) - Math.round(n * upTo[part]);
  }

  /** A part's share of all samples. */
  double share(int part) {
    return upTo[part + 1] - upTo[part];
  }

  /**
   * Fewest samples that a window may have. In that many samples every part is due at least once;
   * among fewer, rounding could count a sample back.
   */
  long atLeast() {
    return (long) Math.ceil(1 / smallest);
  }
}
