package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.FlipOps.PostNormShape;
import dev.facet.model.ops.LowRank;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One post-norm transformer block of BERT: (x [N, T, D], ids [N, T]) to [N, T, D]. With a third
 * input, a picture's tokens [N, P, W], the caption attends to those after it attended to itself.
 * Adapters stand beside all linear maps but those of that second attention.
 */
public final class PostNormLayer extends TransformerLayer {
  /** Where the weights that only see pictures stand in a name. */
  public static final String CROSS = ".crossattention.";

  private final List<Parameter> own = new ArrayList<>();
  private final List<Parameter> cross = new ArrayList<>();
  private final List<Parameter> inner = new ArrayList<>();
  private final PostNormShape shape;

  /**
   * Declares the weights.
   *
   * @param seen width of a picture's tokens
   * @param padToken no token attends to those of this id
   */
  public PostNormLayer(
      String prefix, TowerSize tower, int seen, int padToken, LayerSettings settings) {
    super(prefix, settings);
    shape =
        new PostNormShape(
            tower.heads(), padToken, tower.activation(), tower.normEps(), settings.precision());
    int width = tower.width();
    SeededInit std = settings.init().std(0.02);
    String self = prefix + "attention.";
    own.addAll(linear(self + "self.query", width, width, std));
    own.addAll(linear(self + "self.key", width, width, std));
    own.addAll(linear(self + "self.value", width, width, std));
    own.addAll(linear(self + "output.dense", width, width, std));
    own.addAll(norm(self + "output.LayerNorm", width, std));
    String other = prefix + CROSS.substring(1);
    cross.addAll(plain(other + "self.query", width, width, std));
    cross.addAll(plain(other + "self.key", width, seen, std));
    cross.addAll(plain(other + "self.value", width, seen, std));
    cross.addAll(plain(other + "output.dense", width, width, std));
    cross.addAll(norm(other + "output.LayerNorm", width, std));
    inner.addAll(linear(prefix + "intermediate.dense", tower.mlpWidth(), width, std));
    inner.addAll(linear(prefix + "output.dense", width, tower.mlpWidth(), std));
    inner.addAll(norm(prefix + "output.LayerNorm", width, std));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray x = inputs.get(0);
    NDArray ids = inputs.get(1);
    @Nullable NDArray image = inputs.size() == 2 ? null : inputs.get(2);
    List<NDArray> self = values(own, store, x, training);
    List<NDArray> mlp = values(inner, store, x, training);
    FlipOps ops = FlipOps.get();
    if (image == null && adapters().isEmpty()) {
      return new NDList(ops.postNormBlock(x, ids, self, mlp, shape));
    }
    List<NDArray> other = values(cross, store, x, training);
    if (image != null && adapters().isEmpty()) {
      return new NDList(ops.crossBlock(x, ids, image, self, other, mlp, shape));
    }
    LowRank low = lowRank(store, x, training);
    return new NDList(ops.adaptedBlock(x, ids, image, self, other, mlp, low, shape));
  }
}
