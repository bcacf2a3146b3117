package dev.facet.model.training;

/**
 * What training makes smaller: it makes a model ready, and turns a batch into a loss. A trainer
 * knows objectives and no kinds of models.
 */
public interface Objective {
  /**
   * Lets all weights learn that the objective uses. To be called before anything is frozen or
   * adapted; calling it again changes nothing.
   */
  default void prepare() {}

  /**
   * The loss of a batch, recorded so that gradients can be taken.
   *
   * @throws dev.facet.base.FacetException if the batch does not suit the model
   */
  Loss loss(TrainingBatch batch);

  /**
   * Whether computing a loss changes the model before any gradient does, so that a step that fails
   * on the way leaves no whole model.
   */
  default boolean changesModel() {
    return false;
  }
}
