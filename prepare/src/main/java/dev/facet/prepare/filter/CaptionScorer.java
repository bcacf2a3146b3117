package dev.facet.prepare.filter;

import java.util.List;

/** Says how well captions fit pictures, under some model. */
public interface CaptionScorer {
  /**
   * Scores a batch.
   *
   * @param pictures encoded, one for each caption; the same array may stand there several times
   * @return cosine of each picture and its caption, -1 to 1
   */
  double[] score(List<byte[]> pictures, List<String> captions);

  /** Number of pairs that are best given at once. */
  int batch();
}
