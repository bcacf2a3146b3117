package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.TrainingOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exponential moving average of what learns (Polyak and Juditsky 1992; Tarvainen and Valpola
 * 2017, "Mean teachers are better role models"). After step n it moves by {@code 1 - min(decay, (1
 * + n) / (10 + n))} towards the weights, so that where they started is soon forgotten (TensorFlow,
 * {@code tf.train.ExponentialMovingAverage} with {@code num_updates}).
 */
public final class AveragedWeights {
  /** Prefix of its names in a checkpoint, before the weight's name. */
  public static final String PREFIX = "ema.";

  private final Trainable model;
  private final double decay;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * Starts where the weights are.
   *
   * @param model of which it is decided what learns
   * @param decay in (0, 1)
   */
  public AveragedWeights(Trainable model, double decay) {
    this.model = model;
    this.decay = decay;
    model
        .trained()
        .forEach(
            (name, weight) ->
                averages.put(
                    PREFIX + name, Ops.inference(() -> Ops.get().copy(model.manager(), weight))));
  }

  /** By name; written to checkpoints and read back in place. */
  public Map<String, NDArray> state() {
    return averages;
  }

  /**
   * Moves towards the weights.
   *
   * @param step that was just made, from 1
   */
  public void follow(long step) {
    double momentum = Math.min(decay, (1.0 + step) / (10.0 + step));
    List<NDArray> copies = new ArrayList<>(averages.values());
    try (NDManager scope = model.manager().newSubManager()) {
      List<NDArray> weights = new ArrayList<>(model.trained().values());
      TrainingOps.get().follow(scope, copies, weights, momentum);
    }
  }

  /** Puts the averages in the weights' place and these in theirs; again, and all is as before. */
  public void swap() {
    model
        .trained()
        .forEach(
            (name, weight) -> {
              NDArray average = averages.get(PREFIX + name);
              if (average == null) {
                throw new IllegalStateException(name + " began to learn after the average did");
              }
              try (NDManager scope = model.manager().newSubManager()) {
                NDArray kept = Ops.inference(() -> Ops.get().copy(scope, weight));
                Ops.get().assign(weight, average);
                Ops.get().assign(average, kept);
              }
            });
  }
}
