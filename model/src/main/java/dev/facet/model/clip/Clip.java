package dev.facet.model.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.training.Contrastive;
import dev.facet.model.training.InfoNce;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.Teacher;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/** CLIP as OpenAI and OpenCLIP train it (Radford et al. 2021). */
final class Clip extends DualEncoder {
  private final ClipConfig config;
  private final Parameter logitScale;

  Clip(ClipConfig config, LayerSettings settings, NDManager manager) {
    this(config, config, new ClipVision(config, settings), settings, manager);
  }

  /**
   * A CLIP with anything on the side of the pictures.
   *
   * @param config of the text tower
   * @param whole of the model
   */
  Clip(
      ClipConfig config,
      Architecture whole,
      ImageEncoder pictures,
      LayerSettings settings,
      NDManager manager) {
    super(whole, settings, manager, pictures, new ClipText(config, settings));
    this.config = config;
    // The temperature starts at 0.07 (Radford et al. 2021, section 2.5).
    logitScale = weight("logit_scale", settings.init().constant(Math.log(1 / 0.07)));
  }

  /**
   * {@inheritDoc} Attention is causal and a caption is read at one place. Face captions fill a
   * third of CLIP's 77 places.
   */
  @Override
  protected int used(LongBuffer ids, int from, int length) {
    return 1 + (config.readsHighest() ? highest(ids, from, length) : firstEnd(ids, from, length));
  }

  private static int highest(LongBuffer ids, int from, int length) {
    int place = 0;
    for (int i = 1; i < length; i++) {
      if (ids.get(from + i) > ids.get(from + place)) {
        place = i;
      }
    }
    return place;
  }

  private int firstEnd(LongBuffer ids, int from, int length) {
    int place = 0;
    while (place < length - 1 && ids.get(from + place) != config.eosToken()) {
      place++;
    }
    return place;
  }

  @Override
  public Contrastive contrastive(LossSettings settings, @Nullable Teacher teacher) {
    return new InfoNce(this, logitScale::getArray, settings, teacher);
  }

  @Override
  protected NDArray logits(NDArray images, NDArray texts) {
    return images.matMul(texts.transpose()).mul(logitScale.getArray().exp());
  }

  @Override
  protected Parameter scaleWeight() {
    return logitScale;
  }

  @Override
  public double logitScale() {
    return Math.exp(logitScale.getArray().getFloat());
  }

  @Override
  public void clampLogitScale(NDManager scope, double max) {
    if (logitScale.requiresGradient()) {
      TrainingOps.get().clamp(scope, logitScale.getArray(), 0, Math.log(max));
    }
  }
}
