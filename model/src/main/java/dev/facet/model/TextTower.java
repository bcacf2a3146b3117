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

/**
 * The causal text tower: token ids [N, T] int64 to features [N, E], not normalised, read at each
 * caption's end token.
 */
final class TextTower extends Layer {
  private final Parameter table;
  private final Parameter position;
  private final List<EncoderLayer> layers = new ArrayList<>();
  private final Parameter normWeight;
  private final Parameter normBias;
  private final Parameter projection;
  private final double eps;
  private final int eosToken;

  TextTower(ClipConfig config, Precision precision, Init init) {
    this.eps = config.normEps();
    this.eosToken = config.eosToken();
    Tower tower = config.text();
    int width = tower.width();
    String in = "text_model.embeddings.";
    table = weight(in + "token_embedding.weight", init.std(0.02), config.vocabSize(), width);
    position =
        weight(in + "position_embedding.weight", init.std(0.01), config.contextLength(), width);
    for (int i = 0; i < tower.layers(); i++) {
      String prefix = "text_model.encoder.layers." + i + ".";
      EncoderLayer layer = new EncoderLayer(prefix, tower, true, config, precision, init);
      layers.add(addChildBlock("layer" + i, layer));
    }
    normWeight = weight("text_model.final_layer_norm.weight", init.constant(1), width);
    normBias = weight("text_model.final_layer_norm.bias", init.constant(0), width);
    projection =
        weight("text_projection.weight", init.std(Math.pow(width, -0.5)), config.embedDim(), width);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    Ops ops = Ops.get();
    NDArray ids = inputs.head();
    NDArray x =
        ops.embedTokens(
            ids, value(store, table, ids, training), value(store, position, ids, training));
    for (EncoderLayer layer : layers) {
      x = layer.forward(store, new NDList(x), training).head();
    }
    // Only the end token is read, and the norm looks at one position at a time.
    x =
        ops.layerNorm(
            ops.eosPosition(x, ids, eosToken),
            value(store, normWeight, x, training),
            value(store, normBias, x, training),
            eps);
    return new NDList(ops.project(x, value(store, projection, x, training)));
  }
}
