package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.adapt.Lora;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pre-norm transformer block: [N, T, D] to [N, T, D]. Low-rank maps can be put beside its
 * linear ones.
 */
final class EncoderLayer extends Layer {
  private final List<Parameter> weights = new ArrayList<>();

  /** The weights of the linear maps, in the order in which the fused operation takes adapters. */
  private final Map<String, Parameter> linear = new LinkedHashMap<>();

  /** By the name of the linear map; empty unless adapted. */
  private final Map<String, Adapter> adapters = new LinkedHashMap<>();

  private final String prefix;
  private final Tower tower;
  private final boolean causal;
  private final Build build;

  EncoderLayer(String prefix, Tower tower, boolean causal, Build build) {
    this.tower = tower;
    this.causal = causal;
    this.build = build;
    this.prefix = prefix;
    Init init = build.init();
    int width = tower.width();
    int inner = tower.mlpWidth();
    // OpenAI's initial scales (openai/CLIP, model.py, initialize_parameters).
    double attention = Math.pow(width, -0.5);
    double residual = attention * Math.pow(2.0 * tower.layers(), -0.5);
    norm(prefix + "layer_norm1", width, init);
    linear(prefix + "self_attn.q_proj", width, width, init.std(attention));
    linear(prefix + "self_attn.k_proj", width, width, init.std(attention));
    linear(prefix + "self_attn.v_proj", width, width, init.std(attention));
    linear(prefix + "self_attn.out_proj", width, width, init.std(residual));
    norm(prefix + "layer_norm2", width, init);
    linear(prefix + "mlp.fc1", inner, width, init.std(Math.pow(2.0 * width, -0.5)));
    linear(prefix + "mlp.fc2", width, inner, init.std(residual));
  }

  private void norm(String name, int width, Init init) {
    weights.add(weight(name + ".weight", init.constant(1), width));
    weights.add(weight(name + ".bias", init.constant(0), width));
  }

  private void linear(String name, int out, int in, Init init) {
    Parameter weight = weight(name + ".weight", init, out, in);
    linear.put(name, weight);
    weights.add(weight);
    weights.add(weight(name + ".bias", init.constant(0), out));
  }

  /** The names of the linear maps, without {@code .weight}. */
  Set<String> modules() {
    return linear.keySet();
  }

  Collection<Adapter> adapters() {
    return adapters.values();
  }

  /** Puts low-rank maps beside those linear ones that are named. */
  void adapt(Lora lora, Set<String> modules, NDManager manager) {
    linear.forEach(
        (name, weight) -> {
          if (modules.contains(name)) {
            Adapter adapter = Adapter.beside(this, name, weight, lora, build.init());
            adapter.initialize(manager);
            adapters.put(name, adapter);
          }
        });
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = inputs.head();
    List<NDArray> values = weights.stream().map(each -> value(store, each, x, training)).toList();
    Ops.BlockShape shape =
        new Ops.BlockShape(
            tower.heads(),
            causal,
            tower.activation(),
            tower.normEps(),
            build.options().precision());
    return new NDList(
        adapters.isEmpty()
            ? Ops.get().block(x, values, shape)
            : adapted(store, x, values, shape, training));
  }

  private NDArray adapted(
      ParameterStore store,
      NDArray x,
      List<NDArray> values,
      Ops.BlockShape shape,
      boolean training) {
    Ops ops = Ops.get();
    Lora lora = adapters.values().iterator().next().lora();
    List<NDArray> low = new ArrayList<>();
    for (String name : linear.keySet()) {
      Adapter adapter = adapters.get(name);
      low.add(adapter == null ? ops.none() : value(store, adapter.down(), x, training));
      low.add(adapter == null ? ops.none() : value(store, adapter.up(), x, training));
    }
    double dropout = training ? lora.dropout() : 0;
    if (dropout > 0) {
      // The same masks when the layer is computed again, and in a resumed run.
      ops.seed(build.noise().random(Noise.purpose(prefix)).nextLong());
    }
    return ops.adaptedBlock(x, values, low, lora.scale(), dropout, shape);
  }
}
