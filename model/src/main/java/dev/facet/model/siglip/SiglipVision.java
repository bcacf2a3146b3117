package dev.facet.model.siglip;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.config.TowerSize;
import dev.facet.model.layers.LayerNorm;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.SeededInit;
import dev.facet.model.layers.VisionTower;
import dev.facet.model.ops.Precision;
import dev.facet.model.ops.SiglipOps;
import java.util.ArrayList;
import java.util.List;

/**
 * SigLIP's image tower: patches alone, and a learned query that attends to them all in place of a
 * class token (Zhai et al. 2022, "Scaling vision transformers", section 3.2). Features [N, D].
 */
final class SiglipVision extends VisionTower {
  private static final String PREFIX = "vision_model.";

  private final TowerSize tower;
  private final Precision precision;
  private final Parameter patches;
  private final Parameter bias;
  private final LayerNorm after;
  private final List<Parameter> pool = new ArrayList<>();

  SiglipVision(SiglipConfig config, LayerSettings settings) {
    super(settings, PREFIX, config.patches(), config.vision(), 0, settings.init().std(0.02));
    this.tower = config.vision();
    this.precision = settings.precision();
    int width = tower.width();
    int inner = tower.mlpWidth();
    int patch = config.patchSize();
    SeededInit init = settings.init();
    SeededInit scaled = init.std(Math.pow(width, -0.5));
    String embeddings = PREFIX + "embeddings.patch_embedding";
    patches = embedding(embeddings + ".weight", init.std(0.02), width, 3, patch, patch);
    bias = embedding(embeddings + ".bias", init.constant(0), width);
    after = new LayerNorm(this::weight, PREFIX + "post_layernorm", width, tower.normEps(), init);
    String head = PREFIX + "head.";
    pool.add(weight(head + "probe", init.std(0.02), 1, 1, width));
    pool.add(weight(head + "attention.in_proj_weight", scaled, 3L * width, width));
    pool.add(weight(head + "attention.in_proj_bias", init.constant(0), 3L * width));
    pool.add(weight(head + "attention.out_proj.weight", scaled, width, width));
    pool.add(weight(head + "attention.out_proj.bias", init.constant(0), width));
    pool.add(weight(head + "layernorm.weight", init.constant(1), width));
    pool.add(weight(head + "layernorm.bias", init.constant(0), width));
    pool.add(weight(head + "mlp.fc1.weight", scaled, inner, width));
    pool.add(weight(head + "mlp.fc1.bias", init.constant(0), inner));
    pool.add(weight(head + "mlp.fc2.weight", init.std(Math.pow(inner, -0.5)), width, inner));
    pool.add(weight(head + "mlp.fc2.bias", init.constant(0), width));
  }

  @Override
  protected NDArray tokens(
      ParameterStore store, NDArray pixels, NDArray position, boolean training) {
    return SiglipOps.get()
        .embedGrid(
            pixels,
            value(store, patches, pixels, training),
            value(store, bias, pixels, training),
            position,
            precision);
  }

  @Override
  protected NDArray head(ParameterStore store, NDArray x, NDArray pixels, boolean training) {
    NDArray tokens = after.of(store, x, training);
    List<NDArray> values = pool.stream().map(each -> value(store, each, x, training)).toList();
    return SiglipOps.get()
        .attentionPool(
            tokens, values, tower.heads(), tower.activation(), tower.normEps(), precision);
  }
}
