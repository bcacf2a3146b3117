package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pre-norm transformer block: [N, T, D] to [N, T, D]. */
final class PreNormLayer extends TransformerLayer {
  private final List<Parameter> weights = new ArrayList<>();
  private final TowerSize tower;
  private final boolean causal;
  private final LayerSettings settings;

  PreNormLayer(String prefix, TowerSize tower, boolean causal, LayerSettings settings) {
    super(prefix, settings);
    this.tower = tower;
    this.causal = causal;
    this.settings = settings;
    SeededInit init = settings.init();
    int width = tower.width();
    int inner = tower.mlpWidth();
    // OpenAI's initial scales (openai/CLIP, model.py, initialize_parameters).
    double attention = Math.pow(width, -0.5);
    double residual = attention * Math.pow(2.0 * tower.layers(), -0.5);
    weights.addAll(norm(prefix + "layer_norm1", width, init));
    weights.addAll(linear(prefix + "self_attn.q_proj", width, width, init.std(attention)));
    weights.addAll(linear(prefix + "self_attn.k_proj", width, width, init.std(attention)));
    weights.addAll(linear(prefix + "self_attn.v_proj", width, width, init.std(attention)));
    weights.addAll(linear(prefix + "self_attn.out_proj", width, width, init.std(residual)));
    weights.addAll(norm(prefix + "layer_norm2", width, init));
    weights.addAll(linear(prefix + "mlp.fc1", inner, width, init.std(Math.pow(2.0 * width, -0.5))));
    weights.addAll(linear(prefix + "mlp.fc2", width, inner, init.std(residual)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = inputs.head();
    List<NDArray> values = values(weights, store, x, training);
    Ops.BlockShape shape =
        new Ops.BlockShape(
            tower.heads(), causal, tower.activation(), tower.normEps(), settings.precision());
    return new NDList(
        adapters().isEmpty()
            ? Ops.get().block(x, values, shape)
            : Ops.get().adaptedBlock(x, values, lowRank(store, x, training), shape));
  }
}
