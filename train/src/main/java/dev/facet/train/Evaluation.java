package dev.facet.train;

import dev.facet.model.DualEncoder;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Scores the model on held-out data. */
public interface Evaluation {
  /**
   * Scores the model as it is.
   *
   * @param copies of the model, at least one, all of the same weights
   * @param step the steps it has done
   * @throws CancellationException if the run was asked to stop meanwhile
   */
  Validation evaluate(List<DualEncoder> copies, long step) throws InterruptedException;
}
