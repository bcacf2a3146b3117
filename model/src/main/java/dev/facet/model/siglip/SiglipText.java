package dev.facet.model.siglip;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.SeededInit;
import dev.facet.model.layers.TextTower;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.SiglipOps;

/** SigLIP's text tower: every place sees every other, padding too, and the last one is read. */
final class SiglipText extends TextTower {
  private final Parameter weight;
  private final Parameter bias;

  SiglipText(SiglipConfig config, LayerSettings settings) {
    super(settings, config.vocabSize(), config.contextLength(), config.text(), false);
    int width = config.text().width();
    SeededInit init = settings.init();
    weight =
        projection(
            PREFIX + "head.weight", init.std(Math.pow(width, -0.5)), config.embedDim(), width);
    bias = projection(PREFIX + "head.bias", init.constant(0), config.embedDim());
  }

  @Override
  protected NDArray read(NDArray x, NDArray ids) {
    return SiglipOps.get().lastPosition(x);
  }

  @Override
  protected NDArray project(ParameterStore store, NDArray x, boolean training) {
    return Ops.get().project(x, value(store, weight, x, training), value(store, bias, x, training));
  }
}
