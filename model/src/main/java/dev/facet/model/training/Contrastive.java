package dev.facet.model.training;

import ai.djl.ndarray.NDArray;

/** An objective that sees nothing but the unit vectors of both towers. */
public abstract class Contrastive implements Objective {
  private final Trainable model;

  protected Contrastive(Trainable model) {
    this.model = model;
  }

  @Override
  public final Loss loss(TrainingBatch batch) {
    NDArray images = model.encodeImages(batch.pixels(), true);
    NDArray texts = model.encodeTexts(batch.ids(), true);
    return Loss.of(loss(images, texts, batch.pairs()));
  }

  /**
   * The loss of unit vectors.
   *
   * @param images [N, E]
   * @param texts [N, E], row i belonging to image i
   * @param pairs [N, K] int64 or [N]; see {@link TrainingBatch}
   * @return scalar loss
   */
  public abstract NDArray loss(NDArray images, NDArray texts, NDArray pairs);
}
