package dev.facet.train.best;

import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;

/** What the best weights are best at; all of these lie in [0, 1], and more is better. */
public enum BestMetric {
  /** The mean of recall@1, @5 and @10 over both directions. */
  MEAN_RECALL {
    @Override
    public double of(RetrievalResult result) {
      return (recall(result.imageToText()) + recall(result.textToImage())) / 2;
    }
  },
  /** Recall@1 with a picture as the query. */
  IMAGE_TO_TEXT_R1 {
    @Override
    public double of(RetrievalResult result) {
      return result.imageToText().r1();
    }
  },
  /** Recall@1 with a caption as the query. */
  TEXT_TO_IMAGE_R1 {
    @Override
    public double of(RetrievalResult result) {
      return result.textToImage().r1();
    }
  },
  /** The mean reciprocal rank over both directions. */
  MEAN_MRR {
    @Override
    public double of(RetrievalResult result) {
      return (result.imageToText().mrr() + result.textToImage().mrr()) / 2;
    }
  };

  /** The figure of an evaluation. */
  public abstract double of(RetrievalResult result);

  private static double recall(Direction direction) {
    return (direction.r1() + direction.r5() + direction.r10()) / 3;
  }
}
