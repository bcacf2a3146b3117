package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One post-norm transformer block of BERT: (x [N, T, D], ids [N, T]) to [N, T, D]. With a third
 * input, a picture's tokens [N, P, W], the caption attends to those after it attended to itself.
 */
final class BertLayer extends Layer {
  /** Where the weights that only see pictures stand in a name. */
  static final String CROSS = ".crossattention.";

  private final List<Parameter> own;
  private final List<Parameter> cross;
  private final List<Parameter> inner = new ArrayList<>();
  private final Tower tower;
  private final int padToken;
  private final Precision precision;
  private final Init init;

  BertLayer(String prefix, FlipConfig config, Build build) {
    this.tower = config.text();
    this.padToken = config.padToken();
    this.precision = build.options().precision();
    this.init = build.init();
    int width = tower.width();
    own = attention(prefix + "attention.", width);
    cross = attention(prefix + CROSS.substring(1), config.vision().width());
    linear(inner, prefix + "intermediate.dense", tower.mlpWidth(), width);
    linear(inner, prefix + "output.dense", width, tower.mlpWidth());
    norm(inner, prefix + "output.LayerNorm");
  }

  private List<Parameter> attention(String prefix, int seen) {
    List<Parameter> weights = new ArrayList<>();
    int width = tower.width();
    linear(weights, prefix + "self.query", width, width);
    linear(weights, prefix + "self.key", width, seen);
    linear(weights, prefix + "self.value", width, seen);
    linear(weights, prefix + "output.dense", width, width);
    norm(weights, prefix + "output.LayerNorm");
    return weights;
  }

  private void linear(List<Parameter> to, String name, int out, int in) {
    to.add(weight(name + ".weight", init.std(0.02), out, in));
    to.add(weight(name + ".bias", init.constant(0), out));
  }

  private void norm(List<Parameter> to, String name) {
    to.add(weight(name + ".weight", init.constant(1), tower.width()));
    to.add(weight(name + ".bias", init.constant(0), tower.width()));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = inputs.get(0);
    NDArray ids = inputs.get(1);
    List<NDArray> self = values(own, store, x, training);
    List<NDArray> mlp = values(inner, store, x, training);
    int heads = tower.heads();
    Activation activation = tower.activation();
    double eps = tower.normEps();
    FlipOps ops = FlipOps.get();
    if (inputs.size() == 2) {
      return new NDList(
          ops.postNormBlock(x, ids, self, mlp, heads, padToken, activation, eps, precision));
    }
    NDArray image = inputs.get(2);
    List<NDArray> other = values(cross, store, x, training);
    return new NDList(
        ops.crossBlock(
            x, ids, image, self, other, mlp, heads, padToken, activation, eps, precision));
  }

  private static List<NDArray> values(
      List<Parameter> weights, ParameterStore store, NDArray beside, boolean training) {
    return weights.stream().map(each -> value(store, each, beside, training)).toList();
  }
}
