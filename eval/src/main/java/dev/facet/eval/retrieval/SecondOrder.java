package dev.facet.eval.retrieval;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The first candidates of every query in the order that a second look gave them; all others stay
 * behind these, in the order of their similarity.
 *
 * @param depth how many were looked at again, at most
 * @param captions of every picture, best first
 * @param images of every caption, best first
 */
record SecondOrder(int depth, int[][] captions, int[][] images) {

  /** Candidates by similarity plus what the second look gave, equal ones in the order they had. */
  static int[] sorted(int[] candidates, double[] similarities, float[] looks) {
    double[] scores = new double[candidates.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = similarities[i] + looks[i];
    }
    return IntStream.range(0, candidates.length)
        .boxed()
        .sorted((a, b) -> Double.compare(scores[b], scores[a]))
        .mapToInt(i -> candidates[i])
        .toArray();
  }

  /** Hands the right answers of a query to a visitor. */
  interface Positives {
    void visit(int query, IntConsumer visitor);
  }

  /**
   * The ranks in this order.
   *
   * @param orders of the queries of one direction
   * @param bySimilarity their ranks by similarity alone
   * @param precisionAt K of mAP@K
   */
  static Ranks ranks(int[][] orders, Ranks bySimilarity, Positives positives, int precisionAt) {
    double[] rank = bySimilarity.toArray();
    double[] precision = new double[rank.length];
    int[] right = new int[bySimilarity.candidates()];
    for (int query = 0; query < rank.length; query++) {
      int mark = query + 1;
      positives.visit(query, candidate -> right[candidate] = mark);
      int hits = 0;
      double sum = 0;
      int[] order = orders[query];
      double first = Math.max(rank[query], order.length + 1.0);
      for (int place = 0; place < order.length; place++) {
        if (right[order[place]] == mark) {
          first = Math.min(first, place + 1);
          if (place < precisionAt) {
            hits++;
            sum += (double) hits / (place + 1);
          }
        }
      }
      rank[query] = first;
      precision[query] = sum / Math.min(bySimilarity.positives(query), precisionAt);
    }
    return bySimilarity.with(rank, precision);
  }
}
