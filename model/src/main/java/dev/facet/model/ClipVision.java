package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.Ops;

/**
 * CLIP's image tower: a class token, a norm before the first block, and the class token's features
 * projected to [N, E] (Radford et al. 2021, section 2.4).
 */
final class ClipVision extends VisionTower {
  private static final String PREFIX = "vision_model.";

  private final Parameter cls;
  private final Parameter patches;
  private final Norm before;
  private final Norm after;
  private final Parameter projection;

  ClipVision(ClipConfig config, Build build) {
    super(build, PREFIX, config, config.vision(), 1, build.init().std(scale(config)));
    int width = config.vision().width();
    int patch = config.patchSize();
    double eps = config.vision().normEps();
    Init scaled = build.init().std(scale(config));
    cls = embedding(PREFIX + "embeddings.class_embedding", scaled, width);
    patches =
        embedding(
            PREFIX + "embeddings.patch_embedding.weight",
            build.init().std(0.02),
            width,
            3,
            patch,
            patch);
    // The misspelling is the checkpoint format's own.
    before = new Norm(this::embedding, PREFIX + "pre_layrnorm", width, eps, build.init());
    after = new Norm(this::weight, PREFIX + "post_layernorm", width, eps, build.init());
    projection = projection("visual_projection.weight", scaled, config.embedDim(), width);
  }

  private static double scale(ClipConfig config) {
    return Math.pow(config.vision().width(), -0.5);
  }

  @Override
  NDArray tokens(ParameterStore store, NDArray pixels, NDArray position, boolean training) {
    return Ops.get()
        .embedPatches(
            pixels,
            value(store, patches, pixels, training),
            value(store, cls, pixels, training),
            position,
            build.options().precision());
  }

  @Override
  NDArray prepare(ParameterStore store, NDArray x, boolean training) {
    return before.of(store, x, training);
  }

  @Override
  NDArray head(ParameterStore store, NDArray x, NDArray pixels, boolean training) {
    NDArray feature = after.of(store, Ops.get().firstPosition(x), training);
    return Ops.get().project(feature, value(store, projection, x, training));
  }
}
