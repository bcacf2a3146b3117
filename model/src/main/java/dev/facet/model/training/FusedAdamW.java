package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.ops.TrainingOps.AdamWRates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW over the trained weights of a model, one fused kernel for those that are updated alike.
 * Only matrices and larger arrays decay; biases, norms and the logit scale do not (open_clip's
 * rule).
 */
public final class FusedAdamW {
  /** Prefixes of the state's names in a checkpoint, before the parameter's name. */
  public static final String FIRST = "exp_avg.";

  public static final String SECOND = "exp_avg_sq.";

  /**
   * Parameters that are updated alike.
   *
   * @param depth how often the learning rate is multiplied by the layer decay
   */
  private record Kind(boolean decays, int depth, WeightRule rule) {
    double decay(double usual) {
      Double own = rule.decay();
      return !decays ? 0 : own == null ? usual : own;
    }
  }

  private record Group(List<NDArray> weights, List<NDArray> first, List<NDArray> second) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private final Map<Kind, Group> groups = new LinkedHashMap<>();
  private final List<NDArray> weights = new ArrayList<>();
  private final Map<String, NDArray> state = new LinkedHashMap<>();
  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double layerDecay;

  /** The same learning rate for all. */
  public FusedAdamW(Trainable model, double beta1, double beta2, double eps) {
    this(model, beta1, beta2, eps, 1, Map.of());
  }

  /**
   * Moments start at zero, on the model's device; frozen weights have none.
   *
   * @param layerDecay what a layer's learning rate is multiplied by from one to the next below, in
   *     each tower (Clark et al. 2020, "ELECTRA", appendix B); 1 is none
   * @param rules of weights, by name, that are updated in another way than most
   */
  public FusedAdamW(
      Trainable model,
      double beta1,
      double beta2,
      double eps,
      double layerDecay,
      Map<String, WeightRule> rules) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    this.layerDecay = layerDecay;
    Map<String, Integer> depths = new HashMap<>();
    if (layerDecay < 1) {
      depths.putAll(model.depths());
    }
    model
        .trained()
        .forEach(
            (name, weight) -> {
              boolean decays = weight.getShape().dimension() >= 2;
              WeightRule rule = rules.getOrDefault(name, WeightRule.USUAL);
              Kind kind = new Kind(decays, depths.getOrDefault(name, 0), rule);
              Group group = groups.computeIfAbsent(kind, each -> new Group());
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

  /**
   * Both moments of every trained weight, by name; written to checkpoints and read back in place.
   */
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
    return TrainingOps.get().clipGradients(scope, weights, limit).getFloat();
  }

  /** Clears the gradients, and leaves weights and moments as they are. */
  public void forget(NDManager scope) {
    TrainingOps.get().clearGradients(scope, weights);
  }

  /**
   * Updates the weights from their gradients, then clears these.
   *
   * @param step number of this step, from 1
   */
  public void step(NDManager scope, long step, double lr, double weightDecay) {
    groups.forEach(
        (kind, group) -> {
          double rate = lr * Math.pow(layerDecay, kind.depth) * kind.rule.rate();
          AdamWRates rates = new AdamWRates(rate, beta1, beta2, kind.decay(weightDecay), eps);
          TrainingOps.get().adamW(scope, group.weights, group.first, group.second, step, rates);
        });
  }
}
