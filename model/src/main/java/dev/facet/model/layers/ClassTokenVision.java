package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.config.PatchGrid;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Ops;

/**
 * CLIP's image tower up to its head: a class token before the patches, and a norm before the first
 * block (Radford et al. 2021, section 2.4).
 */
public abstract class ClassTokenVision extends VisionTower {
  private final Parameter cls;
  private final Parameter patches;
  private final LayerNorm before;

  // Blocks of DJL declare their parts while they are made.
  @SuppressWarnings("this-escape")
  protected ClassTokenVision(
      LayerSettings settings, String prefix, PatchGrid grid, TowerSize tower) {
    super(settings, prefix, grid, tower, 1, scaled(settings, tower));
    int width = tower.width();
    int patch = grid.patchSize();
    cls = embedding(prefix + "embeddings.class_embedding", scaled(settings, tower), width);
    patches =
        embedding(
            prefix + "embeddings.patch_embedding.weight",
            settings.init().std(0.02),
            width,
            3,
            patch,
            patch);
    // The misspelling is the checkpoint format's own.
    before =
        new LayerNorm(
            this::embedding, prefix + "pre_layrnorm", width, tower.normEps(), settings.init());
  }

  /** OpenAI's initial scale of embeddings and projections. */
  protected static SeededInit scaled(LayerSettings settings, TowerSize tower) {
    return settings.init().std(Math.pow(tower.width(), -0.5));
  }

  @Override
  protected final NDArray tokens(
      ParameterStore store, NDArray pixels, NDArray position, boolean training) {
    return Ops.get()
        .embedPatches(
            pixels,
            value(store, patches, pixels, training),
            value(store, cls, pixels, training),
            position,
            settings.precision());
  }

  @Override
  protected final NDArray prepare(ParameterStore store, NDArray x, boolean training) {
    return before.of(store, x, training);
  }
}
