package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Ops.AdamWRates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW over all weights of a model, one fused kernel a step. Only matrices and larger arrays
 * decay; biases, norms and the logit scale do not (open_clip's rule).
 */
public final class FusedAdamW {
  /** Prefixes of the state's names in a checkpoint, before the parameter's name. */
  public static final String FIRST = "exp_avg.";

  public static final String SECOND = "exp_avg_sq.";

  /** Parameters that share one weight decay. */
  private record Group(
      boolean decays, List<NDArray> weights, List<NDArray> first, List<NDArray> second) {
    Group(boolean decays) {
      this(decays, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private final Group decayed = new Group(true);
  private final Group plain = new Group(false);
  private final List<NDArray> weights = new ArrayList<>();
  private final Map<String, NDArray> state = new LinkedHashMap<>();
  private final double beta1;
  private final double beta2;
  private final double eps;

  /** Moments start at zero, on the model's device. */
  public FusedAdamW(DualEncoder model, double beta1, double beta2, double eps) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    model
        .trained()
        .forEach(
            (name, weight) -> {
              Group group = weight.getShape().dimension() >= 2 ? decayed : plain;
              NDManager owner = model.manager();
              NDArray first = owner.zeros(weight.getShape());
              NDArray second = owner.zeros(weight.getShape());
              group.weights.add(weight);
              group.first.add(first);
              group.second.add(second);
              weights.add(weight);
              state.put(FIRST + name, first);
              state.put(SECOND + name, second);
            });
  }

  /** Both moments of every weight, by name; written to checkpoints and read back in place. */
  public Map<String, NDArray> state() {
    return state;
  }

  /**
   * Limits the global gradient norm in place.
   *
   * @param limit 0 only measures
   * @return the norm before
   */
  public float clipGradients(NDManager scope, double limit) {
    return Ops.get().clipGradients(scope, weights, limit).getFloat();
  }

  /**
   * Updates all weights from their gradients, then clears these.
   *
   * @param step number of this step, from 1
   */
  public void step(NDManager scope, long step, double lr, double weightDecay) {
    for (Group group : List.of(decayed, plain)) {
      AdamWRates rates = new AdamWRates(lr, beta1, beta2, group.decays ? weightDecay : 0, eps);
      Ops.get().adamW(scope, group.weights, group.first, group.second, step, rates);
    }
  }
}
