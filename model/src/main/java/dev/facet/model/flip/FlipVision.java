package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import dev.facet.model.layers.ClassTokenVision;
import dev.facet.model.layers.LayerNorm;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.Projection;
import dev.facet.model.ops.Ops;

/**
 * FLIP's image tower: CLIP's, normalised at all tokens, as captions attend to each of them. The
 * class token, projected with a bias, is the feature [N, E].
 */
final class FlipVision extends ClassTokenVision {
  private final LayerNorm after;
  private final Projection projection;

  /**
   * The tower under the names that FLIP's checkpoints use.
   *
   * @param suffix of the tower's name
   */
  FlipVision(FlipConfig config, LayerSettings settings, String suffix) {
    super(
        settings, "visual_encoder" + suffix + ".vision_model.", config.patches(), config.vision());
    int width = config.vision().width();
    after =
        new LayerNorm(
            this::weight,
            "visual_encoder" + suffix + ".vision_model.post_layrnorm",
            width,
            config.vision().normEps(),
            settings.init());
    projection =
        new Projection(
            this::projection, "vision_proj" + suffix, width, config.embedDim(), settings);
  }

  /** FLIP resizes without smoothing (models/fflip.py, interpolate_pos_embed). */
  @Override
  public boolean antialiasesPositions() {
    return false;
  }

  /** Every token after the last norm: pixels [N, 3, S, S] to [N, T, D]. */
  NDArray hidden(ParameterStore store, NDArray pixels, boolean training) {
    return after.of(store, blocks(store, pixels, training), training);
  }

  /** Tokens [N, T, D] to features [N, E], not normalised. */
  NDArray feature(ParameterStore store, NDArray hidden, boolean training) {
    return projection.of(store, Ops.get().firstPosition(hidden), training);
  }

  @Override
  protected NDArray head(ParameterStore store, NDArray x, NDArray pixels, boolean training) {
    NDArray first = after.of(store, Ops.get().firstPosition(x), training);
    return projection.of(store, first, training);
  }
}
