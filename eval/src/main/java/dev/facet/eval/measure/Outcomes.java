package dev.facet.eval.measure;

import dev.facet.eval.retrieval.Ranks;
import dev.facet.eval.retrieval.Retrieval;

/**
 * What became of every query: the figures are made of nothing else.
 *
 * @param images outcomes of pictures as queries; picture i belongs to picture i
 * @param captions outcomes of captions as queries
 */
record Outcomes(Queries images, Queries captions) {

  /**
   * The queries of one direction.
   *
   * @param rank of each, from 1
   * @param precision average precision of each
   * @param image that each belongs to
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Queries(double[] rank, double[] precision, int[] image) {}

  static Outcomes of(Retrieval retrieval) {
    int[] own = new int[retrieval.result().images()];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    return new Outcomes(
        queries(retrieval.imageToText(), own),
        queries(retrieval.textToImage(), retrieval.imageOfCaption()));
  }

  private static Queries queries(Ranks ranks, int[] image) {
    return new Queries(ranks.toArray(), ranks.precisions(), image);
  }

  int imageCount() {
    return images.rank.length;
  }
}
