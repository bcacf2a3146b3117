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
 * The image tower (Dosovitskiy et al. 2021, with CLIP's extra norm before the first block): pixels
 * [N, 3, S, S] float32 to features [N, E], not normalised.
 */
final class VisionTower extends Layer {
  private final Parameter cls;
  private final Parameter patches;
  private final Parameter position;
  private final Parameter preWeight;
  private final Parameter preBias;
  private final List<EncoderLayer> layers = new ArrayList<>();
  private final Parameter postWeight;
  private final Parameter postBias;
  private final Parameter projection;
  private final double eps;
  private final Precision precision;

  VisionTower(ClipConfig config, Precision precision, Init init) {
    this.eps = config.normEps();
    this.precision = precision;
    Tower tower = config.vision();
    int width = tower.width();
    double scale = Math.pow(width, -0.5);
    String in = "vision_model.embeddings.";
    cls = weight(in + "class_embedding", init.std(scale), width);
    patches =
        weight(
            in + "patch_embedding.weight",
            init.std(0.02),
            width,
            3,
            config.patchSize(),
            config.patchSize());
    position =
        weight(in + "position_embedding.weight", init.std(scale), config.visionLength(), width);
    // The misspelling is the checkpoint format's own.
    preWeight = weight("vision_model.pre_layrnorm.weight", init.constant(1), width);
    preBias = weight("vision_model.pre_layrnorm.bias", init.constant(0), width);
    for (int i = 0; i < tower.layers(); i++) {
      String prefix = "vision_model.encoder.layers." + i + ".";
      EncoderLayer layer = new EncoderLayer(prefix, tower, false, config, precision, init);
      layers.add(addChildBlock("layer" + i, layer));
    }
    postWeight = weight("vision_model.post_layernorm.weight", init.constant(1), width);
    postBias = weight("vision_model.post_layernorm.bias", init.constant(0), width);
    projection = weight("visual_projection.weight", init.std(scale), config.embedDim(), width);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    Ops ops = Ops.get();
    NDArray pixels = inputs.head();
    NDArray x =
        ops.embedPatches(
            pixels,
            value(store, patches, pixels, training),
            value(store, cls, pixels, training),
            value(store, position, pixels, training),
            precision);
    x =
        ops.layerNorm(
            x, value(store, preWeight, x, training), value(store, preBias, x, training), eps);
    for (EncoderLayer layer : layers) {
      x = layer.forward(store, new NDList(x), training).head();
    }
    x =
        ops.layerNorm(
            ops.firstPosition(x),
            value(store, postWeight, x, training),
            value(store, postBias, x, training),
            eps);
    return new NDList(ops.project(x, value(store, projection, x, training)));
  }
}
