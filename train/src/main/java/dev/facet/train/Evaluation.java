package dev.facet.train;

import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.model.DualEncoder;

/** Scores the model on held-out data. */
public interface Evaluation {
  RetrievalResult evaluate(DualEncoder model) throws InterruptedException;
}
