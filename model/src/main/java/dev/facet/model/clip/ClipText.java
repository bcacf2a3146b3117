package dev.facet.model.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.TextTower;
import dev.facet.model.ops.Ops;

/** CLIP's text tower: causal, read at each caption's first end token or at its highest id. */
final class ClipText extends TextTower {
  private final Parameter projection;
  private final ClipConfig config;

  ClipText(ClipConfig config, LayerSettings settings) {
    super(settings, config.vocabSize(), config.contextLength(), config.text(), true);
    int width = config.text().width();
    this.config = config;
    projection =
        projection(
            "text_projection.weight",
            settings.init().std(Math.pow(width, -0.5)),
            config.embedDim(),
            width);
  }

  @Override
  protected NDArray read(NDArray x, NDArray ids) {
    return config.readsHighest()
        ? Ops.get().highestPosition(x, ids)
        : Ops.get().eosPosition(x, ids, config.eosToken());
  }

  @Override
  protected NDArray project(ParameterStore store, NDArray x, boolean training) {
    return Ops.get().project(x, value(store, projection, x, training));
  }
}
