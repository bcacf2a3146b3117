package dev.facet.model.training;

/**
 * What training makes smaller: it makes a model ready, and turns a batch into a loss and gradients.
 * A trainer knows objectives and no kinds of models.
 */
public interface Objective {
  /**
   * Lets all weights learn that the objective uses. To be called before anything is frozen or
   * adapted; calling it again changes nothing.
   */
  default void prepare() {}

  /**
   * The loss of a batch; adds its gradients to those of the trained weights. To be called where
   * operations are recorded: see {@link TrainingStep}.
   *
   * @param seed of the step's random numbers
   * @throws dev.facet.base.FacetException if the batch does not suit the model
   */
  Loss gradients(MicroBatches batch, long seed);

  /**
   * Whether computing a loss changes the model before any gradient does, so that a step that fails
   * on the way leaves no whole model.
   */
  default boolean changesModel() {
    return false;
  }
}
