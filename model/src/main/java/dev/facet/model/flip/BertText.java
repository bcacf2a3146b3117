package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.config.TowerSize;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.NamedBlock;
import dev.facet.model.layers.PostNormLayer;
import dev.facet.model.layers.Projection;
import dev.facet.model.layers.SeededInit;
import dev.facet.model.layers.TextPositions;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * FLIP's text tower: BERT (Devlin et al. 2019) without token types and pooler. A caption alone
 * gives features [N, E] from its first place; with a picture, each block also attends to that (Li
 * et al. 2022, "BLIP", section 3.1).
 */
final class BertText extends Encoder implements TextPositions {
  /** BERT's initial scale (section A.2). */
  private static final double STD = 0.02;

  private final TowerSize tower;
  private final String positionName;
  private final List<Parameter> words = new ArrayList<>();
  private final Projection projection;

  /**
   * The tower under the names that FLIP's checkpoints use.
   *
   * @param suffix of the tower's name
   */
  BertText(FlipConfig config, LayerSettings settings, String suffix) {
    this.tower = config.text();
    int width = tower.width();
    int seen = config.vision().width();
    String prefix = "text_encoder" + suffix + ".";
    String in = prefix + "embeddings.";
    SeededInit init = settings.init();
    words.add(embedding(in + "word_embeddings.weight", init.std(STD), config.vocabSize(), width));
    positionName = in + "position_embeddings.weight";
    words.add(embedding(positionName, init.std(STD), config.positions(), width));
    words.add(embedding(in + "LayerNorm.weight", init.constant(1), width));
    words.add(embedding(in + "LayerNorm.bias", init.constant(0), width));
    for (int i = 0; i < tower.layers(); i++) {
      add(
          new PostNormLayer(
              prefix + "encoder.layer." + i + ".", tower, seen, config.padToken(), settings));
    }
    projection =
        new Projection(this::projection, "text_proj" + suffix, width, config.embedDim(), settings);
  }

  @Override
  public String positionName() {
    return positionName;
  }

  @Override
  protected NDArray embed(ParameterStore store, NDArray ids, boolean training) {
    List<NDArray> values = words.stream().map(each -> value(store, each, ids, training)).toList();
    return FlipOps.get().embedWords(ids, values, tower.normEps());
  }

  @Override
  protected NDArray block(
      ParameterStore store, NamedBlock layer, NDArray x, NDArray ids, boolean training) {
    return layer.forward(store, new NDList(x, ids), training).head();
  }

  @Override
  protected NDArray head(ParameterStore store, NDArray x, NDArray ids, boolean training) {
    return projection.of(store, Ops.get().firstPosition(x), training);
  }

  /**
   * Captions read together with pictures.
   *
   * @param image tokens [N, P, W] of the picture beside each caption
   * @param ids [N, T] int64
   * @return [N, T, D]
   */
  NDArray fuse(ParameterStore store, NDArray image, NDArray ids, boolean training) {
    NDArray x = embed(store, ids, training);
    for (NamedBlock layer : layers()) {
      x = layer.forward(store, new NDList(x, ids, image), training).head();
    }
    return x;
  }
}
