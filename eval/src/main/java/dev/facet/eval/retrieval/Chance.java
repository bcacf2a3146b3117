package dev.facet.eval.retrieval;

/**
 * Expected recall of a model that orders the candidates at random: the floor against which a result
 * is read.
 *
 * @param r1 expected recall@1, in [0, 1]
 * @param r5 expected recall@5
 * @param r10 expected recall@10
 */
public record Chance(double r1, double r5, double r10) {

  /**
   * The mean over queries of 1 - C(N - p, K) / C(N, K), the chance that at least one of p positives
   * is among K candidates drawn without replacement from N.
   */
  static Chance of(int[] positives, int candidates) {
    return new Chance(
        recall(positives, candidates, 1),
        recall(positives, candidates, 5),
        recall(positives, candidates, 10));
  }

  private static double recall(int[] positives, int candidates, int k) {
    double sum = 0;
    for (int p : positives) {
      double miss = 1;
      for (int drawn = 0; drawn < Math.min(k, candidates); drawn++) {
        miss *= Math.max(0, (double) (candidates - p - drawn) / (candidates - drawn));
      }
      sum += 1 - miss;
    }
    return sum / positives.length;
  }
}
