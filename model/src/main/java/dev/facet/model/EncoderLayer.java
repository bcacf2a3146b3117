package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pre-norm transformer block: [N, T, D] to [N, T, D]. */
final class EncoderLayer extends Layer {
  private final List<Parameter> weights = new ArrayList<>();
  private final Tower tower;
  private final boolean causal;
  private final Precision precision;

  EncoderLayer(String prefix, Tower tower, boolean causal, Build build) {
    this.tower = tower;
    this.causal = causal;
    this.precision = build.options().precision();
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
    weights.add(weight(name + ".weight", init, out, in));
    weights.add(weight(name + ".bias", init.constant(0), out));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = inputs.head();
    List<NDArray> values = weights.stream().map(each -> value(store, each, x, training)).toList();
    return new NDList(
        Ops.get()
            .block(
                x, values, tower.heads(), causal, tower.activation(), tower.normEps(), precision));
  }
}
