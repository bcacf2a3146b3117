package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** What training asks of a model of two towers. */
public interface Trainable {
  /** The manager that owns the weights; batches go to sub-managers of it. */
  NDManager manager();

  /** What learns, weights and adapters, by name. */
  Map<String, NDArray> trained();

  /**
   * How far down the weights of both towers are (Clark et al. 2020, "ELECTRA", appendix B; Bao et
   * al. 2022, "BEiT", appendix): 0 is the last norm and the head, 1 the last block, and so on to
   * the embedding. A weight that is not named stands at 0.
   */
  Map<String, Integer> depths();

  /**
   * Sets the random numbers of the training step to come, such as which patches are dropped.
   *
   * @param firstRow place in the step's batch of the first row that is seen next
   */
  void startStep(long seed, long firstRow);

  /** Whether anything learns from pictures; if not, {@link #encodeImages} records nothing. */
  boolean learnsFromImages();

  /** Whether anything learns from captions; if not, {@link #encodeTexts} records nothing. */
  boolean learnsFromTexts();

  /** Pixels [N, 3, S, S] float32 to unit vectors [N, E]. */
  NDArray encodeImages(NDArray pixels, boolean training);

  /** Token ids [N, T] int64 to unit vectors [N, E]. */
  NDArray encodeTexts(NDArray ids, boolean training);

  /**
   * Adds to the gradient of every trained weight.
   *
   * @param features what one of the towers gave, recorded
   * @param gradient of the loss for these, of the same shape; may be closed
   */
  void backward(NDArray features, NDArray gradient);
}
