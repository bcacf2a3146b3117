package dev.facet.model.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.layers.ClassTokenVision;
import dev.facet.model.layers.LayerNorm;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.ops.Ops;

/** CLIP's image tower: the class token's features, projected to [N, E]. */
final class ClipVision extends ClassTokenVision {
  private static final String PREFIX = "vision_model.";

  private final LayerNorm after;
  private final Parameter projection;

  ClipVision(ClipConfig config, LayerSettings settings) {
    super(settings, PREFIX, config.patches(), config.vision());
    int width = config.vision().width();
    double eps = config.vision().normEps();
    after = new LayerNorm(this::weight, PREFIX + "post_layernorm", width, eps, settings.init());
    projection =
        projection(
            "visual_projection.weight",
            scaled(settings, config.vision()),
            config.embedDim(),
            width);
  }

  @Override
  protected NDArray head(ParameterStore store, NDArray x, NDArray pixels, boolean training) {
    NDArray feature = after.of(store, Ops.get().firstPosition(x), training);
    return Ops.get().project(feature, value(store, projection, x, training));
  }
}
