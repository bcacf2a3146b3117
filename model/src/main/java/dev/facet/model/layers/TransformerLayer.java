package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.LowRank;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A transformer block; low-rank maps can be put beside its linear ones. */
public abstract class TransformerLayer extends NamedBlock {
  /** The weights of the linear maps, in the order in which the fused operations take adapters. */
  private final Map<String, Parameter> linear = new LinkedHashMap<>();

  /** By the name of the linear map; empty unless adapted. */
  private final Map<String, Adapter> adapters = new LinkedHashMap<>();

  private final String prefix;
  private final LayerSettings settings;

  TransformerLayer(String prefix, LayerSettings settings) {
    this.prefix = prefix;
    this.settings = settings;
  }

  /**
   * Declares a linear map that adapters may stand beside: query, key, value, out, first and second,
   * in this order.
   *
   * @return weight and bias
   */
  final List<Parameter> linear(String name, int out, int in, SeededInit init) {
    List<Parameter> weights = plain(name, out, in, init);
    linear.put(name, weights.getFirst());
    return weights;
  }

  /** Declares a linear map that stays alone. */
  final List<Parameter> plain(String name, int out, int in, SeededInit init) {
    return List.of(
        weight(name + ".weight", init, out, in), weight(name + ".bias", init.constant(0), out));
  }

  /** Declares a norm. */
  final List<Parameter> norm(String name, int width, SeededInit init) {
    return List.of(
        weight(name + ".weight", init.constant(1), width),
        weight(name + ".bias", init.constant(0), width));
  }

  static List<NDArray> values(
      List<Parameter> weights, ParameterStore store, NDArray beside, boolean training) {
    return weights.stream().map(each -> value(store, each, beside, training)).toList();
  }

  /** The names of the linear maps, without {@code .weight}. */
  public final Set<String> modules() {
    return linear.keySet();
  }

  public final Collection<Adapter> adapters() {
    return adapters.values();
  }

  /** Puts low-rank maps beside those linear ones that are named; see {@link Adapter}. */
  public final void adapt(
      Set<String> modules, int rank, double alpha, double dropout, NDManager manager) {
    linear.forEach(
        (name, weight) -> {
          if (modules.contains(name)) {
            Adapter adapter =
                Adapter.beside(this, name, weight, rank, alpha, dropout, settings.init());
            adapter.initialize(manager);
            adapters.put(name, adapter);
          }
        });
  }

  /** The adapters of a layer that has some, in training with their dropout. */
  final LowRank lowRank(ParameterStore store, NDArray beside, boolean training) {
    Ops ops = Ops.get();
    Adapter any = adapters.values().iterator().next();
    List<NDArray> low = new ArrayList<>();
    for (String name : linear.keySet()) {
      Adapter adapter = adapters.get(name);
      low.add(adapter == null ? ops.none() : value(store, adapter.down(), beside, training));
      low.add(adapter == null ? ops.none() : value(store, adapter.up(), beside, training));
    }
    double dropout = training ? any.dropout() : 0;
    low.add(dropout > 0 ? seeds(beside) : ops.none());
    return new LowRank(low, any.scale(), dropout);
  }

  /** What each row's dropout in this layer follows from, [N] int64. */
  private NDArray seeds(NDArray rows) {
    long[] seeds = new long[(int) rows.getShape().get(0)];
    for (int row = 0; row < seeds.length; row++) {
      seeds[row] = settings.random().random(StepRandom.purpose(prefix), row).nextLong();
    }
    return Ops.get().onCpu(rows.getManager(), seeds);
  }
}
